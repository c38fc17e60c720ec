//! Asking before anything is changed.

use crate::exit::Exit;
use crate::input::io_text;
use crate::plan_file::Way;
use crate::problem::Problem;
use locksmith_core::plan::Digest;
use std::io::{self, BufRead, IsTerminal as _};

/// How many digits of a digest are typed.
pub(crate) const DIGITS: usize = 8;

/// Who is asked.
pub(crate) enum Asked<'a> {
    /// Nobody: consent was given with the digest.
    Nobody(&'a Digest),
    /// Whoever sits at the terminal; the lines that are typed come from here.
    Somebody(Box<dyn BufRead + 'a>),
}

impl<'a> Asked<'a> {
    /// As the arguments and the streams say.
    pub(crate) fn of(yes: Option<&'a Digest>) -> Result<Self, Problem> {
        if let Some(digest) = yes {
            return Ok(Self::Nobody(digest));
        }
        if io::stdin().is_terminal() && io::stderr().is_terminal() {
            return Ok(Self::Somebody(Box::new(io::stdin().lock())));
        }
        Err(Problem::new(Exit::BadInput, "nobody can be asked: this is no terminal")
            .help("give consent with --yes DIGEST, the digest of the plan that you have looked at"))
    }
}

/// Shows the way that is meant and asks whether to go it; without consent it is an error.
pub(crate) fn consent<'a>(
    ways: &[Way<'a>],
    asked: Asked<'_>,
    question: &str,
    mut show: impl FnMut(&Way<'a>) -> Result<(), Problem>,
) -> Result<Way<'a>, Problem> {
    let mut lines = match asked {
        Asked::Nobody(digest) => {
            let way = ways.iter().find(|way| way.digest == digest).ok_or_else(|| other(digest))?;
            show(way)?;
            return Ok(*way);
        }
        Asked::Somebody(lines) => lines,
    };
    let Some(mut meant) = ways.first().copied() else {
        return Err(Problem::new(Exit::BadInput, "there is nothing to consent to"));
    };
    loop {
        show(&meant)?;
        let digits = meant.digest.short(DIGITS);
        anstream::eprint!("{question} Type the first {DIGITS} digits of the digest, {digits}: ");
        let mut line = String::new();
        let read = lines.read_line(&mut line);
        read.map_err(|error| Problem::new(Exit::BadInput, io_text(&error)))?;
        let typed = line.trim().trim_start_matches("sha256:");
        let is_typed = |way: &&Way<'_>| {
            typed.len() >= DIGITS
                && way.digest.as_str().trim_start_matches("sha256:").starts_with(typed)
        };
        match ways.iter().find(is_typed) {
            Some(way) if way.digest == meant.digest => return Ok(meant),
            // Nobody goes a way that was not shown.
            Some(way) => meant = *way,
            None => return Err(Problem::new(Exit::BadInput, "no consent, so nothing was changed")),
        }
    }
}

fn other(digest: &Digest) -> Problem {
    Problem::new(Exit::BadInput, format!("{digest} is not the digest of this plan"))
        .help("look at the plan, and give the digest that stands there or at an alternative")
}

#[cfg(test)]
mod tests {
    use super::{Asked, consent};
    use crate::plan_file::ways;
    use crate::problem::Problem;
    use locksmith_core::plan::Digest;
    use locksmith_view::plan::sample;

    /// The digest that consent is given to, and how many ways were shown.
    fn answer(asked: Asked<'_>) -> Result<(Digest, usize), Problem> {
        let plan = sample::plan();
        let mut shown = 0;
        let way = consent(&ways(&plan), asked, "Apply?", |_| {
            shown += 1;
            Ok(())
        })?;
        Ok((way.digest.clone(), shown))
    }

    fn typed(text: &str) -> Result<(Digest, usize), Problem> {
        answer(Asked::Somebody(Box::new(text.as_bytes())))
    }

    #[test]
    fn the_digits_of_what_was_shown() {
        let plan = sample::plan();
        let other = plan.alternatives[0].digest.clone().unwrap();
        let (own, alternative) = (plan.digest.short(8), other.short(8));
        assert_eq!(typed(&format!("{own}\n")), Ok((plan.digest.clone(), 1)));
        assert_eq!(typed(&format!(" {}\n", plan.digest)), Ok((plan.digest.clone(), 1)));
        assert_eq!(typed(&format!("{alternative}\n{alternative}\n")), Ok((other.clone(), 2)));
        for no in ["", "\n", "yes\n", "y\n", &own[..7], &format!("{alternative}\n\n")] {
            assert!(typed(no).is_err(), "{no}");
        }
        assert_eq!(answer(Asked::Nobody(&other)), Ok((other.clone(), 1)));
        let stranger = Digest::of(&serde_json::json!(1));
        assert!(answer(Asked::Nobody(&stranger)).is_err());
    }
}
