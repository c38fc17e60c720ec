//! Locksmith on one machine, with a page in place of the chat.
