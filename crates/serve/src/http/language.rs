//! In which language somebody reads.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;
use locksmith_app::config::Locale;

/// The cookie that keeps a choice.
pub(crate) const COOKIE: &str = "locksmith-lang";

/// The language that was asked for in the address.
pub(crate) fn asked(query: Option<&str>) -> Option<Locale> {
    let mut pairs = query?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == "lang").and_then(|(_, tag)| by_tag(tag))
}

/// The language of a request: what the address asks for, what was chosen before, what the browser
/// prefers.
pub(crate) fn of(headers: &HeaderMap, query: Option<&str>) -> Locale {
    let chosen = || super::session::cookie(headers, COOKIE).and_then(|tag| by_tag(&tag));
    asked(query).or_else(chosen).or_else(|| preferred(headers)).unwrap_or_default()
}

fn by_tag(tag: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.tag() == tag)
}

/// <https://www.rfc-editor.org/rfc/rfc9110#field.accept-language>
fn preferred(headers: &HeaderMap) -> Option<Locale> {
    let line = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut wanted: Vec<(u32, Locale)> = Vec::new();
    for range in line.split(',') {
        let mut parts = range.split(';');
        let Some(locale) = parts.next().and_then(|tag| nearest(tag.trim())) else { continue };
        let quality = parts.find_map(|part| part.trim().strip_prefix("q="));
        let quality = quality.map_or(Some(1.0), |text| text.parse::<f32>().ok());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1000"
        )]
        let quality = (quality.unwrap_or(0.0).clamp(0.0, 1.0) * 1000.0) as u32;
        wanted.push((quality, locale));
    }
    wanted.retain(|(quality, _)| *quality > 0);
    // Of several that are wanted alike the first.
    wanted.sort_by_key(|(quality, _)| core::cmp::Reverse(*quality));
    wanted.first().map(|(_, locale)| *locale)
}

fn nearest(tag: &str) -> Option<Locale> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split('-');
    match parts.next()? {
        "en" => Some(Locale::En),
        "fr" => Some(Locale::Fr),
        "ja" => Some(Locale::Ja),
        "ko" => Some(Locale::Ko),
        "zh" if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => {
            Some(Locale::ZhHant)
        }
        "zh" => Some(Locale::ZhHans),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{COOKIE, of};
    use axum::http::{HeaderMap, HeaderValue, header};
    use locksmith_app::config::Locale;

    #[test]
    fn the_nearest_that_is_wanted_most() {
        for (accept, locale) in [
            ("", Locale::En),
            ("fr-CH, fr;q=0.9, en;q=0.8", Locale::Fr),
            ("de, ja;q=0.5, ko;q=0.7", Locale::Ko),
            ("zh-TW,zh;q=0.9", Locale::ZhHant),
            ("zh-Hant-HK", Locale::ZhHant),
            ("zh-CN", Locale::ZhHans),
            ("fr;q=0, en", Locale::En),
            ("tlh;q=x", Locale::En),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_str(accept).unwrap());
            assert_eq!(of(&headers, None), locale, "{accept}");
            assert_eq!(of(&headers, Some("a=b&lang=ja")), Locale::Ja);
            assert_eq!(of(&headers, Some("lang=xx")), locale);
            let cookie = HeaderValue::from_str(&format!("x=y; {COOKIE}=zh-Hans")).unwrap();
            headers.insert(header::COOKIE, cookie);
            assert_eq!(of(&headers, None), Locale::ZhHans);
        }
    }
}
