#pragma once

#include <string>

#include "import/compose_variables.h"
#include "import/desk.h"
#include "import/value_tree.h"

/// Compose files as trees: variables filled in, short forms written out, one laid over another.
namespace outlast::import {

/// A file as a tree; texts that are not known, or are made of variables, are marked.
///
/// `!reset x` and `!override x` stay as maps of one member with that key; `overlay` reads them.
/// errors  variables that must have a value and have none (a warning), and ${ that are none
[[nodiscard]] ValueTree tree_of_compose(base::Node node, const Variables& variables,
                                        base::Diagnostics& diagnostics);

/// Writes out the short forms of a service: lists of KEY=value and of names become maps, ports and
/// volumes maps with a target.
void write_out(ValueTree& service);

/// Lays `upper` over `lower` as Compose does with its files: maps are merged, values replaced,
/// lists joined; commands and tests of health are replaced whole, ports and volumes by target.
void overlay(ValueTree& lower, ValueTree upper);

}  // namespace outlast::import
