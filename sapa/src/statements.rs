//! Every SQL text of the program on both engines. It lives in the binary and not in `tests/`, because only the
//! binary holds the statements of all crates and its own.

use std::{collections::HashSet, fs, path::Path};

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    testkit::statements_prepare_on_both().await;
}

#[test]
fn every_file_with_statements_is_linked_into_this_test() {
    let linked: HashSet<&str> =
        db::STATEMENTS.iter().filter_map(|sql| sql.place.rsplit_once(':')).map(|(file, _)| file).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the folder above");
    for folder in ["crates/sapa-db/src", "crates/sapa-base/src", "features", "sapa/src"] {
        each_source(&root.join(folder), &mut |file, text| {
            let inside = file.strip_prefix(root).expect("a file of the repository").to_string_lossy();
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            let has_statements = product.lines().any(|line| line.contains("sql!(") && !line.trim().starts_with("//"));
            assert!(
                !has_statements
                    || linked.contains(&*inside)
                    || inside.contains("/tests/")
                    || inside.ends_with("/tests.rs")
                    || inside.ends_with("sql.rs"),
                "{inside} is not linked"
            );
        });
    }
}

fn each_source(folder: &Path, see: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_source(&path, see);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            see(&path, &fs::read_to_string(&path).expect("a source"));
        }
    }
}
