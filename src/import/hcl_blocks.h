#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace outlast::import {

/// A block at the top of a file of Terraform's language: `resource "aws_instance" "web" { … }`.
struct HclBlock {
  std::string kind;                 ///< "resource", "module"
  std::vector<std::string> labels;  ///< {"aws_instance", "web"}
  std::uint32_t begin = 0;          ///< of its first word
  std::uint32_t end = 0;            ///< behind its closing brace
};

struct HclComment {
  std::string_view text;  ///< behind # or //, or within /* */; into the file's text
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_alone = false;  ///< nothing else stands before it in its line
};

struct HclFile {
  std::vector<HclBlock> blocks;
  std::vector<HclComment> comments;
};

/// Finds the top blocks and all comments; strings, heredocs and comments hide braces.
///
/// cost    linear in the text
/// assumes nothing of the rest: what is no Terraform finds fewer blocks, and never fails
[[nodiscard]] HclFile read_hcl(std::string_view text);

/// The text of a plain string attribute directly in a block: source = "./network"; empty if none.
[[nodiscard]] std::string string_attribute(std::string_view text, const HclBlock& block,
                                           std::string_view name);

}  // namespace outlast::import
