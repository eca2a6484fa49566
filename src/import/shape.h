#pragma once

#include <span>
#include <string_view>

#include "base/diagnostics.h"
#include "base/document.h"

namespace outlast::import {

/// What may stand behind a key of a document that a program wrote.
enum class MemberType {
  text,
  index,          ///< text or a number
  scalar,         ///< text, a number, true or false
  texts,          ///< a list of them
  scalars,        ///< a list of them; null is one
  map,            ///< one map of the shape
  maps,           ///< a list of them
  named_maps,     ///< a map from names to them
  named_scalars,  ///< a map from names to scalars
  marks,          ///< true or false for the whole, or a map
  blocks          ///< a map from names to maps or lists
};

/// A key of a map of one shape. What no member names may be anything.
struct Member {
  std::string_view in;  ///< the shape of the map that has the key
  std::string_view key;
  MemberType type;
  std::string_view of = {};  ///< the shape of the maps behind it; empty: anything
};

/// The maps that a kind of document is made of, as far as they are read.
struct Grammar {
  std::span<const Member> members;
  std::string_view code;
  std::string_view remedy;
  bool (*applies)(base::Node map, const Member& member) = nullptr;  ///< null: each does
  /// Told of each map; null: of none. False if it told anything.
  bool (*inspect)(base::Node map, std::string_view shape, base::Diagnostics&) = nullptr;
};

/// Tells every member that is of another type than the grammar says: a list where a map belongs, a
/// number where text does. Read as they stand, such members would seem empty, and what they hold
/// would seem not to be there. Null and what is unknown may stand behind every key.
///
/// in    shape  of the root
/// out   false if anything was told
/// cost  linear in the members that are named
[[nodiscard]] bool has_shape(base::Node root, std::string_view shape, const Grammar& grammar,
                             base::Diagnostics& diagnostics);

}  // namespace outlast::import
