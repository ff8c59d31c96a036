// One shape for everything that can go wrong in a call. Rust sends codes; sentences live in the locales.
import type { ApiError, FieldError } from "@/api/generated";

export class CallError extends Error {
  readonly code: string;
  readonly params: Record<string, string>;
  readonly fields: FieldError[];

  constructor(error: ApiError) {
    super(error.code);
    this.name = "CallError";
    this.code = error.code;
    this.params = error.params;
    this.fields = error.fields;
  }
}

function isApiError(value: unknown): value is ApiError {
  return typeof value === "object" && value !== null && typeof (value as ApiError).code === "string";
}

/** Whatever was thrown, as a `CallError`; what we do not recognise is "internal", with its text kept. */
export function toCallError(thrown: unknown): CallError {
  if (thrown instanceof CallError) return thrown;
  if (isApiError(thrown)) {
    return new CallError({ code: thrown.code, params: thrown.params ?? {}, fields: thrown.fields ?? [] });
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return new CallError({ code: "internal", params: { detail }, fields: [] });
}

export const ERROR_CODES = [
  "invalid_input",
  "passphrase_wrong",
  "passphrase_weak",
  "store_damaged",
  "store_read_only",
  "store_newer",
  "store_locked_by_other",
  "store_missing",
  "store_exists",
  "not_signed_in",
  "role_forbidden",
  "not_county",
  "not_station",
  "not_a_bundle",
  "bundle_truncated",
  "bundle_damaged",
  "bundle_newer",
  "bundle_signature",
  "bundle_not_for_us",
  "bundle_unknown_sender",
  "bundle_limit",
  "bundle_format",
  "already_merged",
  "no_bundles",
  "disk_full",
  "read_only",
  "io",
  "path_missing",
  "invitation_invalid",
  "invitation_expired",
  "invitation_wrong_signature",
  "office_code_taken",
  "record_missing",
  "record_changed",
  "step_impossible",
  "loss_already_reversed",
  "decision_gone",
  "verify_failed",
  "cancelled",
  "busy",
  "unknown_command",
  "bad_payload",
  "internal",
  "bundle_own",
  "bundle_no_recipient",
  "office_not_joined",
  "office_revoked",
  "office_closed",
  "office_is_county",
  "bundle_asks_to_join",
  "bundle_join_refused",
  "request_gone",
  "case_open",
  "retention_not_over",
  "nothing_to_erase",
  "bundle_other_key",
  "share_invalid",
  "shares_of_different_sets",
  "share_twice",
  "shares_too_few",
  "shares_wrong_key",
  "device_of_county",
  "device_not_revoked",
  "consultation_turned",
  "loss_needs_reversal",
  "draft_too_long",
  "clock_impossible",
  "disk_low",
  "medium_full",
  "backup_failed",
  "file_name_taken",
  "nothing_to_undo",
  "import_missing",
  "already_undone",
  "transfer_gone",
  "transfer_not_yours",
  "link_self",
  "business_self",
  "entry_missing",
  "cannot_force",
  "supervisor_only",
  "passphrase_wait",
  "passphrase_wrong_wait",
  "operator_gone",
  "last_supervisor",
  "retire_self",
  "reset_self",
  "backup_none",
  "journal_edited",
  "deadline_rule_unknown",
  "deadline_rule_not_in_force",
  "pack_invalid",
  "card_none",
  "card_wrong",
  "county_slot_none",
  "recovery_invalid",
  "recovery_not_ours",
  "recovery_device_unknown",
  "recovery_device_revoked",
  "recovery_none",
  "recovery_other",
] as const;

export const FIELD_ERROR_CODES = [
  "required",
  "too_long",
  "amount_invalid",
  "amount_too_precise",
  "amount_too_large",
  "amount_ambiguous",
  "amount_negative",
  "date_invalid",
  "date_out_of_range",
  "date_ambiguous",
  "date_lunar",
  "date_in_future",
  "code_unknown",
  "phone_invalid",
  "number_invalid",
  "office_code_invalid",
  "amount_not_positive",
  "id_invalid",
  "number_too_large",
  "date_before_start",
  "area_code_invalid",
  "name_taken",
  "backup_inside",
  "check_empty",
  "check_length",
  "check_character",
  "check_area",
  "check_birth_date",
  "check_check",
  "check_inner_check",
  "check_form",
  "after_receipt",
  "loss_over_dispute",
  "epoch_invalid",
  "parent_invalid",
  "too_short",
  "card_group",
  "card_length",
] as const;
