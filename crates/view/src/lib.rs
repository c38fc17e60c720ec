//! Views of a diagnosis and of a plan: text, Markdown, HTML.
