//! A county with its stations, and the road between them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use redress_app::contract::MergeReport;
use serde_json::json;
use tempfile::TempDir;

use crate::{Desk, PASSPHRASE, TestHost};

/// Where every clock stands at first.
pub(crate) const MORNING: &str = "2026-11-23T09:00:00+08:00";

/// A county office and stations that have joined it.
pub struct World {
    folder: TempDir,
    seed: u64,
    /// The county office.
    pub county: Desk,
    /// Its stations.
    pub stations: Vec<Desk>,
}

impl World {
    /// A county with so many stations. The same seed gives the same ids, keys apart.
    pub fn of(stations: usize, seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let county = {
            let dir = folder.path().join("county");
            let payload = json!({
                "name": "桓台县消费者权益保护委员会", "area_code": "370321", "operator_name": "孙主任",
                "passphrase": PASSPHRASE, "dir": dir,
            });
            Desk::begin(host(&folder, seed, 0), dir.clone(), "county.create", payload)
        };
        let mut world = Self { folder, seed, county, stations: Vec::new() };
        for number in 1..=stations {
            let desk = world.join(number);
            world.stations.push(desk);
        }
        world
    }

    /// The same, after each station's first bundle and its return: everybody knows everybody.
    pub fn acquainted(stations: usize, seed: u64) -> Self {
        let mut world = Self::of(stations, seed);
        world.round_trip();
        world
    }

    fn join(&mut self, number: usize) -> Desk {
        let invitation = self.invite(number);
        let dir = self.folder.path().join(format!("station-{number}"));
        let host = host(&self.folder, self.seed, u64::try_from(number).unwrap_or(0));
        join(host, dir, &invitation, &format!("站员{number}"))
    }

    /// An invitation for a station by its number, 1 for the first: its file.
    pub fn invite(&mut self, number: usize) -> PathBuf {
        let invitations = self.stick("invitations");
        let code = format!("01{number:02}");
        let invited = self.county.tell(
            "office.invite",
            json!({"kind": "station", "code": code, "name": format!("第{number}联络站"), "out": invitations}),
        );
        PathBuf::from(invited["path"].as_str().expect("a file has a path"))
    }

    /// One more PC that joins a station with an invitation; nobody has heard of it yet.
    pub fn another_pc(&mut self, number: usize, invitation: &Path) -> Desk {
        let dir = self.folder.path().join(format!("more-{number}"));
        let host = host(&self.folder, self.seed, 500 + u64::try_from(number).unwrap_or(0));
        join(host, dir, invitation, &format!("同事{number}"))
    }

    /// One more PC of a station, with an invitation of its own.
    pub fn second_pc(&mut self, station: usize) -> Desk {
        let invitation = self.invite(station + 1);
        self.another_pc(station + 1, &invitation)
    }

    /// A copy of a station's store on another PC, which has said that it is one.
    pub fn clone_of(&mut self, station: usize) -> Desk {
        let dir = self.folder.path().join(format!("clone-of-{station}"));
        let desk = &mut self.stations[station];
        desk.lock();
        copy_folder(&desk.dir, &dir);
        desk.unlock();
        let host = host(&self.folder, self.seed, 800 + u64::try_from(station).unwrap_or(0));
        host.set_machine("pc-copy");
        let mut copy = Desk::open(host, dir);
        copy.tell("device.settle", json!({"same_pc": false}));
        copy
    }

    /// A folder that stands for a stick; made empty when it is new.
    pub fn stick(&self, name: &str) -> PathBuf {
        let stick = self.folder.path().join("sticks").join(name);
        fs::create_dir_all(&stick).expect("the temporary folder can be written");
        stick
    }

    /// Every station's bundle to the county, and the county's bundles back.
    pub fn round_trip(&mut self) -> MergeReport {
        let stick = tempfile::tempdir_in(self.folder.path()).expect("a temporary folder");
        for station in &mut self.stations {
            station.export(stick.path());
        }
        let report = self.county.merge(&[stick.path()]);
        let back = tempfile::tempdir_in(self.folder.path()).expect("a temporary folder");
        let written = self.county.export_all(back.path());
        for station in &mut self.stations {
            let own: Vec<&str> = written
                .iter()
                .filter(|bundle| bundle.to_name == name(station))
                .map(|bundle| bundle.path.as_str())
                .collect();
            station.merge(&own);
        }
        report
    }

    /// One station's bundle to the county.
    pub fn carry_in(&mut self, station: usize) -> MergeReport {
        let stick = tempfile::tempdir_in(self.folder.path()).expect("a temporary folder");
        let bundle = self.stations[station].export(stick.path());
        self.county.merge(&[bundle.path])
    }

    /// The county's bundle to one station.
    pub fn carry_out(&mut self, station: usize) -> MergeReport {
        let stick = tempfile::tempdir_in(self.folder.path()).expect("a temporary folder");
        let bundle = self.county.export_to(stick.path(), &self.stations[station].office);
        self.stations[station].merge(&[bundle.path])
    }

    /// The disk of a station's PC, copied while the program is closed and put into a PC with another name.
    pub fn cloned(&mut self, station: usize, machine: &str) -> Desk {
        let dir = self.folder.path().join(format!("clone-{machine}"));
        self.stations[station].put_away(&dir);
        let host = host(&self.folder, self.seed, 700 + u64::try_from(station).unwrap_or(0));
        host.set_machine(machine);
        Desk::open(host, dir)
    }

    /// The county as it would be if it had merged other bundles: a copy of its closed store, in a world of its own, which
    /// never meets the first. `number` keeps the copies apart.
    pub fn what_if(&mut self, number: usize) -> Desk {
        let dir = self.folder.path().join(format!("county-what-if-{number}"));
        self.county.lock();
        copy_folder(&self.county.dir, &dir);
        self.county.unlock();
        Desk::open(host(&self.folder, self.seed, 1000 + u64::try_from(number).unwrap_or(0)), dir)
    }
}

fn join(host: Arc<TestHost>, dir: PathBuf, invitation: &Path, operator: &str) -> Desk {
    let payload = json!({
        "invitation": invitation, "operator_name": operator, "passphrase": PASSPHRASE, "dir": dir,
    });
    Desk::begin(host, dir, "office.join", payload)
}

fn name(desk: &mut Desk) -> String {
    desk.tell("app.state", json!({}))["office"]["name"].as_str().unwrap_or_default().to_owned()
}

fn host(folder: &TempDir, seed: u64, desk: u64) -> Arc<TestHost> {
    Arc::new(TestHost::new(seed * 10_000 + desk, MORNING, folder.path().to_owned()))
}

/// Copies the files of a folder and its folders.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("the temporary folder can be written");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a file can be copied");
        }
    }
}
