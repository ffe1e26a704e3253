//! The help texts, as people read them: reviewed as snapshots.

use crate::support::command::Home;

#[test]
fn every_help_text_is_as_reviewed() {
    diligence::cli::command().debug_assert();
    let home = Home::new();
    let mut pages = String::new();
    for command in [
        &["--help"][..],
        &["screen", "--help"],
        &["check", "--help"],
        &["match", "--help"],
        &["lists", "--help"],
        &["lists", "update", "--help"],
        &["lists", "import", "--help"],
        &["lists", "export", "--help"],
        &["lists", "status", "--help"],
        &["lists", "check", "--help"],
        &["lists", "diff", "--help"],
        &["lists", "approve", "--help"],
        &["lists", "rollback", "--help"],
    ] {
        let said = home.run(command);
        assert_eq!(said.code, 0, "{command:?}");
        let wide = said.out.lines().filter(|line| line.chars().count() > 100).count();
        assert_eq!(wide, 0, "{command:?} is wider than a terminal of 100 columns");
        pages.push_str(&format!("$ diligence {}\n{}\n", command.join(" "), said.out));
    }
    insta::assert_snapshot!(pages);
}

#[test]
fn wrong_usage_exits_with_two_and_goes_to_stderr() {
    let said = Home::new().run(&["scren"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("screen"), "{}", said.err);
}
