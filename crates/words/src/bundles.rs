//! The files of every language, read once.

use crate::Arg;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use locksmith_app::config::Locale;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

type Bundle = FluentBundle<FluentResource>;

/// How many files a language has.
const FILES: usize = 8;

/// The files of a language. A new file is one line here, and one file in each language's folder.
macro_rules! files {
    ($tag:literal) => {
        [
            include_str!(concat!("../locales/", $tag, "/causes.ftl")),
            include_str!(concat!("../locales/", $tag, "/plan.ftl")),
            include_str!(concat!("../locales/", $tag, "/incident.ftl")),
            include_str!(concat!("../locales/", $tag, "/chat.ftl")),
            include_str!(concat!("../locales/", $tag, "/tickets.ftl")),
            include_str!(concat!("../locales/", $tag, "/page.ftl")),
            include_str!(concat!("../locales/", $tag, "/remarks.ftl")),
            include_str!(concat!("../locales/", $tag, "/report.ftl")),
        ]
    };
}

static EN: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::En));
static FR: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Fr));
static JA: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Ja));
static KO: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::Ko));
static ZH_HANS: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::ZhHans));
static ZH_HANT: LazyLock<Bundle> = LazyLock::new(|| bundle(Locale::ZhHant));

fn files(locale: Locale) -> [&'static str; FILES] {
    match locale {
        Locale::En => files!("en"),
        Locale::Fr => files!("fr"),
        Locale::Ja => files!("ja"),
        Locale::Ko => files!("ko"),
        Locale::ZhHans => files!("zh-Hans"),
        Locale::ZhHant => files!("zh-Hant"),
    }
}

fn of(locale: Locale) -> &'static Bundle {
    match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
        Locale::Ja => &JA,
        Locale::Ko => &KO,
        Locale::ZhHans => &ZH_HANS,
        Locale::ZhHant => &ZH_HANT,
    }
}

/// A text of one language; none where the language lacks it, or it asks for an argument that is not
/// given.
pub(crate) fn text(locale: Locale, id: &str, args: &[(&str, Arg<'_>)]) -> Option<String> {
    let bundle = of(locale);
    let (id, attribute) = match id.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (id, None),
    };
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(attribute) => message.get_attribute(attribute)?.value(),
        None => message.value()?,
    };
    let mut given = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        match value {
            Arg::Text(text) => given.set(*name, *text),
            Arg::Number(number) => given.set(*name, *number),
        }
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&given), &mut errors);
    errors.is_empty().then(|| text.into_owned())
}

/// Entries that cannot be read or stand there twice are left out, and are said in English then; the
/// tests see to it that there are none.
fn bundle(locale: Locale) -> Bundle {
    let tag: LanguageIdentifier = locale.tag().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // The texts go to chats, tickets and pages, which would show the marks or count them as letters.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match locale {
        Locale::Fr => |value, _| grouped(value, '\u{202f}'),
        _ => |value, _| grouped(value, ','),
    }));
    for file in files(locale) {
        let resource = FluentResource::try_new(file.to_owned());
        let resource = resource.unwrap_or_else(|(readable, _)| readable);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

/// A number with a mark between thousands. Of the languages here French takes a narrow space that does
/// not break, and all others take a comma.
fn grouped(value: &FluentValue<'_>, mark: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let digits = number.as_string();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::{Locale, files};
    use std::path::Path;

    /// Every file in the folders is part of the program.
    #[test]
    fn no_file_is_left_out() {
        for locale in Locale::ALL {
            let embedded = files(locale);
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(locale.tag());
            let mut count = 0;
            for file in std::fs::read_dir(folder).unwrap() {
                let path = file.unwrap().path();
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(embedded.contains(&text.as_str()), "{} is left out", path.display());
                count += 1;
            }
            assert_eq!(count, embedded.len(), "{locale}");
        }
    }
}
