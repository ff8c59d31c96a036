//! One test binary over everything. A behaviour is a sentence; a module is a part of the house.

mod bundle_format;
mod command_line;
