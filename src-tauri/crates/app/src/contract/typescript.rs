//! The contract in TypeScript: one text with every type and the map of commands.

use std::collections::BTreeMap;
use std::fmt::Write;

use ts_rs::{Config, TS, TypeVisitor};

use super::{Nothing, Progress, Touched, describe};
use crate::AppError;

const HEAD: &str = "// Written by `cargo xtask gen` from src-tauri/crates/app/src/contract. Never edited by hand.\n";

/// Types and commands gathered for writing.
pub(crate) struct Types {
    config: Config,
    declared: BTreeMap<String, String>,
    commands: Vec<(&'static str, String, String)>,
}

impl Types {
    /// Adds a command with the types of its input and output and everything that they are made of.
    pub fn command<I: TS + 'static + ?Sized, O: TS + 'static + ?Sized>(&mut self, name: &'static str) {
        self.visit::<I>();
        self.visit::<O>();
        self.commands.push((name, I::name(&self.config), O::name(&self.config)));
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            T::visit_dependencies(self);
            T::visit_generics(self);
            return;
        }
        let name = T::ident(&self.config);
        if !self.declared.contains_key(&name) {
            self.declared.insert(name, T::decl(&self.config));
            T::visit_dependencies(self);
        }
        T::visit_generics(self);
    }
}

/// The text of `ui/src/api/generated/index.ts`.
pub fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut types = Types { config, declared: BTreeMap::new(), commands: Vec::new() };
    describe(&mut types);
    // Answered by whatever shows the window, because it must not wait for what it cancels.
    types.command::<Nothing, ()>("task.cancel");
    types.visit::<AppError>();
    types.visit::<Progress>();
    types.visit::<Touched>();
    let mut text = String::from(HEAD);
    for declaration in types.declared.values() {
        let _ = write!(text, "\nexport {declaration}\n");
    }
    text.push_str("\nexport type Commands = {\n");
    for (name, input, output) in &types.commands {
        let _ = writeln!(text, "  \"{name}\": {{ input: {input}; output: {output} }};");
    }
    text.push_str("};\n");
    text
}
