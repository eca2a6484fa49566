#pragma once

#include <deque>

#include "import/hcl_syntax.h"

namespace outlast::import {

/// Merges an override file into the files of its folder.
///
/// A block of the same kind and labels takes the place of attributes and of nested blocks of the
/// same kind, and leaves the others; locals are replaced one by one. What it overrides nowhere
/// stands for itself.
/// source  developer.hashicorp.com/terraform/language/files/override
void override_bodies(std::deque<HclBody>& bodies, HclBody overriding);

}  // namespace outlast::import
