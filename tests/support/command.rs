//! Runs the binary as a user does, with a data folder of its own.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with the state of one user.
pub(crate) struct Home {
    folder: TempDir,
}

/// What a command said.
pub(crate) struct Said {
    /// Exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

impl Home {
    /// A new user without lists.
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// A path in the user's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the user's.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs `diligence` with these arguments, in the user's folder, without a terminal.
    pub(crate) fn run(&self, args: &[&str]) -> Said {
        self.run_with_input(args, "")
    }

    /// The same with standard input.
    pub(crate) fn run_with_input(&self, args: &[&str], input: impl Into<Vec<u8>>) -> Said {
        said(self.command().args(args).write_stdin(input))
    }

    /// The same with variables in the environment.
    pub(crate) fn run_with(&self, args: &[&str], environment: &[(&str, &str)]) -> Said {
        said(self.command().args(args).envs(environment.iter().copied()))
    }

    fn command(&self) -> Command {
        let mut command = Command::cargo_bin("diligence").unwrap();
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("DILIGENCE_DATA_DIR", self.path("data"))
            .env("HOME", self.folder.path());
        command
    }
}

fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A file below `fixtures/`, as text for arguments.
pub(crate) fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    assert!(path.exists(), "{}", path.display());
    path.display().to_string()
}

/// All files below a folder with their bytes, by path relative to it.
pub(crate) fn contents(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                files.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    files
}
