#pragma once

#include <string>
#include <vector>

#include "blueprint/draft.h"
#include "import/desk.h"

namespace outlast::import {

/// The ids of stacks, which every address in them begins with.
///
/// in   templates  given by the user, in order
///      base       what was read before and is to be told apart from this; null: nothing was
/// out  one for each template, all different: the file's name without its ending; two files of one
///      name are told apart by their folders, then by number. A template whose name the base does
///      not know is taken for the one there whose name is not used here and that declares the most
///      of the same resources: a file that is renamed makes no other stack.
[[nodiscard]] std::vector<std::string> names_of_stacks(const std::vector<InputDocument>& templates,
                                                       const blueprint::Draft* base);

}  // namespace outlast::import
