//! Locksmith in ticket systems.
