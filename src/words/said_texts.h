#pragma once

#include <string>
#include <string_view>

#include "words/phrasebook.h"

namespace outlast::words {

/// What the texts of a JSON document are in the other languages: {"ko": {"is hit": "…"}}.
///
/// in      a document that JsonWriter wrote
/// out     every text of several words that a language says otherwise, once, by the alphabet;
///         keys of members are left out
/// cost    as that of a phrasebook, for each distinct text
///
/// in  names  stay as they are
[[nodiscard]] std::string said_texts(std::string_view json, const Names& names = {});

}  // namespace outlast::words
