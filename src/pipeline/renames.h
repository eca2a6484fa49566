#pragma once

#include <vector>

#include "blueprint/draft.h"
#include "findings/comparison.h"
#include "pipeline/pipeline.h"

namespace outlast::pipeline {

/// What is one and the same thing in two architectures, under another name in the head: stated by
/// the head (`moved` blocks, previous addresses), or taken to be so because exactly one thing of a
/// type is gone and exactly one is new that says the same but for its own name.
///
/// in   base, head  evaluated; in both what is alike by address is the same
/// out  by rising old name, only of things that the base has and the head has not
/// cost linear in the attributes of what differs
[[nodiscard]] std::vector<findings::Rename> find_renames(const Evaluation& base,
                                                         const Evaluation& head);

/// The base once more, by the names that the head calls the same things by; the base as it is where
/// there are none, or where it cannot be read again. The head's sources go over.
///
/// in   paths, files, how  what the base was made of
[[nodiscard]] Evaluation named_as_in(Evaluation& head, Evaluation base,
                                     const std::vector<std::string>& paths,
                                     const base::FileSource& files, Options how);

/// Reads all that a draft calls by an old name under the new one; before its meaning is read.
void rename(const std::vector<findings::Rename>& renames, blueprint::Draft& draft);

}  // namespace outlast::pipeline
