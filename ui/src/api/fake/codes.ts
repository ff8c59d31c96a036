// Short code lists for the in-memory host, in the shape of the real ones.
import type { Code, CodeLists } from "@/api/generated";

function list(text: string): Code[] {
  return text
    .trim()
    .split("\n")
    .map((line) => {
      const [code = "", label_zh = "", label_en = "", parent = "", initials = ""] = line.trim().split(",");
      return { code, label_zh, label_en, parent: parent === "" ? null : parent, initials, over: false };
    });
}

export const CODES: CodeLists = {
  lists: {
    nature: list(`N01,质量,Quality
      N02,安全,Safety
      N03,价格,Price
      N04,计量,Measurement
      N05,假冒,Counterfeit
      N06,合同,Contract
      N07,虚假宣传,False promotion
      N08,人格权益,Personality rights
      N09,售后服务,After-sales service
      N99,其他,Other`),
    class: list(`G01,食品类,Food
      G03,服装鞋帽类,Clothing and shoes
      G05,家用电子电器类,Household appliances
      G05-01,通讯类产品,Phones,G05
      G05-04,空调器类产品,Air conditioners,G05,k dt q l c p
      G05-05,洗衣机类产品,Washing machines,G05,x y j l c p
      G10,农用生产资料类,Agricultural inputs
      S01,生活、社会服务类,Life and social services
      S01-01,餐饮服务,Catering,S01
      S01-02,美容、美发,Beauty and hair,S01
      S11,教育培训服务,Education and training
      X00,其他商品和服务,Other`),
    channel: list(`IC01,来访,Visit
      IC02,电话,Phone
      IC04,网络,Internet
      IC05,现场巡访发现,Found on patrol
      IC06,12345转办,From 12345
      IC07,12315分流,From 12315
      IC10,3·15活动现场,3·15 event`),
    request: list(`RQ01,修理,Repair
      RQ03,更换,Replace
      RQ04,退货,Return
      RQ06,退还货款和服务费用,Refund
      RQ07,赔偿损失,Compensation
      RQ11,其他,Other`),
    evidence: list(`EV01,发票,Invoice
      EV02,收据,Receipt
      EV03,收银小票,Till slip
      EV08,合同/协议,Contract
      EV09,聊天记录截图,Chat screenshots
      EV10,支付凭证,Proof of payment
      EV11,商品照片,Photos
      EV07,无,None`),
    respondent_type: list(`RP01,企业,Company
      RP02,个体工商户,Individual business
      RP07,电商平台,Online platform
      RP09,其他,Other`),
    id_type: list(`IT01,居民身份证,Identity card
      IT02,护照,Passport
      IT08,其他,Other`),
    agreement_form: list(`AF01,书面调解协议书,Written agreement
      AF02,口头协议(记录在案),Oral agreement on record
      AF03,即时履行不制作调解书,Performed on the spot`),
    performance: list(`PF01,当场履行,Performed on the spot
      PF02,承诺履行(限期),To be performed by a date
      PF03,部分履行,Partly performed
      PF04,未履行,Not performed
      PF05,全部履行,Fully performed`),
    told_how: list(`TH01,当面告知,In person
      TH02,电话,By telephone
      TH03,短信,By text message
      TH05,信函,By letter`),
    route: list(`RO01,人民调解,People mediation
      RO02,行政调解(受委托),Administrative mediation by delegation
      RO03,消协调解,Consumer association mediation
      RO04,司法调解/诉调对接,Court-linked mediation`),
    other_route: list(`OR01,和商家协商解决,Settle it with the business
      OR02,请其他依法成立的调解组织调解,Ask another lawful mediation body to mediate
      OR03,向主管的行政部门投诉（可打12315）,Complain to the authority in charge (telephone 12315)
      OR04,有仲裁协议的，申请仲裁,Go to arbitration where the parties agreed on it
      OR05,向人民法院起诉,Go to court`),
    refusal_text: list(`RC01,争议双方都是经营者，不属于消费者和经营者之间的争议。,Both parties are businesses.
      RC02,没有说清被投诉的是谁，无法联系核实。,It is not clear who is complained about.
      RC06,缺少能证明这笔消费或这个问题的材料。,There is nothing to prove the purchase or the fault.
      RC10,不符合受理条件，原因另外说明。,The conditions for acceptance are not met.`),
    termination_text: list(`TS02,通知之后，一方没有正当理由不来，或者明确拒绝调解。,One party stayed away or refused mediation.
      TS03,经过调解，一方明确表示不能达成协议。,One party said that no agreement can be reached.
      TS05,受理已满60日，仍没有达成协议。,Sixty days have passed without agreement.`),
    file_item: list(`FI01,受理登记表（或申请书）,Registration sheet or application
      FI21,不予受理告知书,Notice of refusal
      FI02,当事人权利义务告知书,Notice of rights and duties
      FI03,当事人身份证明,Proof of identity
      FI06,证据材料,Evidence
      FI07,调解记录,Record of mediation
      FI08,调解协议书,Written agreement
      FI09,收条或汇款单,Receipt or transfer slip
      FI10,回访记录,Record of the visit-back
      FI13,封底,Back cover`),
    refusal_ground: list(`RC01,经营者之间的争议,Dispute between businesses
      RC02,没有明确的被诉方,No identifiable respondent
      RC06,提供不出必要证据,No necessary evidence
      RC10,其他不符合规定,Other`),
    termination_ground: list(`TS02,一方无正当理由不参加或明确拒绝调解,A party does not attend or refuses
      TS03,经调解一方明确表示无法达成协议,A party states that no agreement can be reached
      TS05,受理后60日内未达成协议,No agreement within 60 days`),
    mediation_method: list(`MM01,即时现场调解,On the spot at once
      MM02,现场调解,On the spot
      MM04,其他,Other`),
    consultation_way: list(`CW01,来访,Visit
      CW02,电话,Phone
      CW03,活动现场,At an event`),
    consultation_topic: list(`CT01,政策法规,Law and policy
      CT02,维权途径,Ways to complain
      CT03,商品服务知识,Goods and services
      CT04,不属本部门,Not our field
      CT99,其他,Other`),
    satisfaction: list(`SF01,满意,Satisfied
      SF02,基本满意,Mostly satisfied
      SF03,不满意,Not satisfied
      SF04,未联系上,Not reached`),
    activity: list(`AC01,巡访,Patrol
      AC02,约谈(指导谈话),Talk with a business
      AC03,培训,Training
      AC04,消费宣传(3·15等),Campaigns
      AC05,消费体验(消费体察),Consumer experience
      AC06,消费调查,Consumer survey
      AC10,消费警示,Consumer warning
      AC14,动态监管/定期复核,Supervision and periodic review
      AC17,媒体宣传(广播电视、公众号),Press and posts`),
    setting: list(`SE01,商超,Shops
      SE02,社区,Communities
      SE03,农村,Villages
      SE04,学校,Schools
      SE05,景区,Scenic spots`),
    review_result: list(`RV01,合格,Passed
      RV02,限期改正,To be put right
      RV03,取消称号,Title withdrawn`),
    volunteer_role: list(`VR01,监督员,Supervisor
      VR02,信息员,Informant
      VR03,宣传员,Publicist`),
  },
};
