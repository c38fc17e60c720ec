//! Where an incident stands.

use crate::Words;
use crate::facts::id_part;
use locksmith_app::incident::State;
use locksmith_app::sighting::Class;

impl Words {
    /// A state, as a label.
    pub fn state(self, state: State) -> String {
        self.say(&format!("state-{}", id_part(state.name())), &[])
    }

    /// What kind of call was denied: a name for it within a sentence.
    pub fn class(self, class: Class) -> String {
        self.say(&format!("class-{}", class.name()), &[])
    }

    /// What a state means for the reader, in a sentence.
    pub fn state_sentence(self, state: State) -> String {
        self.say(&format!("state-{}.sentence", id_part(state.name())), &[])
    }
}
