#pragma once

#include <vector>

#include "base/document.h"
#include "import/desk.h"

namespace outlast::import {

/// True for a document that is a CloudFormation or SAM template.
[[nodiscard]] bool is_cloudformation(base::Node root);

/// Adds the resources of all templates to the draft, with addresses "stack/Logical", where a stack
/// is called as its file.
///
/// Functions are evaluated with the parameters' defaults or the values given; exports of one
/// template are found by the imports of another, and nested stacks are read from local files.
/// A resource whose condition is false is left out; one whose condition is not known is taken as
/// made, which is told as an assumption.
/// errors  names that lead nowhere, sections of a wrong kind, circles, parameters not allowed
void read_cloudformation(const std::vector<InputDocument>& templates, Desk& desk);

}  // namespace outlast::import
