//! The part of an object's key that stays the same while a job goes through its files.

/// At most so many folders: more would make an incident of each corner of a bucket.
const FOLDERS: usize = 2;

/// The leading folders of an object's key, up to the first that looks like a date, a number, an id
/// or a partition: `exports/daily/2026-11-21/part-0` is seen as `exports/daily/`.
pub fn observed_prefix(key: &str) -> String {
    let Some((folders, _)) = key.rsplit_once('/') else { return String::new() };
    let varies = |folder: &&str| folder.contains(|c: char| c.is_ascii_digit() || c == '=');
    let steady = folders.split('/').take_while(|folder| !varies(folder)).take(FOLDERS);
    steady.fold(String::new(), |prefix, folder| prefix + folder + "/")
}

#[cfg(test)]
mod tests {
    use super::observed_prefix;

    #[test]
    fn what_varies_is_left_out() {
        for (key, prefix) in [
            ("report.csv", ""),
            ("2026/q3.parquet", ""),
            ("exports/daily/2026-11-21/part-0", "exports/daily/"),
            ("exports/daily/eu/raw/part", "exports/daily/"),
            ("logs/year=2026/x", "logs/"),
            ("/leading/x", "/leading/"),
            ("a/", "a/"),
        ] {
            assert_eq!(observed_prefix(key), prefix, "{key}");
        }
    }
}
