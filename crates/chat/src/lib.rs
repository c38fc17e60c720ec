//! Locksmith in chat: Slack and Microsoft Teams.
