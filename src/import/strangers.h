#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/document.h"

/// What inputs are that no reader knows, and how some are made readable.
namespace outlast::import {

/// Something that is not read, and what to give instead.
struct Stranger {
  std::string_view what;
  std::string_view instead;
};

/// What is known by its first bytes and is neither JSON nor YAML.
[[nodiscard]] std::optional<Stranger> stranger_of_bytes(std::string_view bytes);

/// What is known by its keys; what is not known at all, too.
[[nodiscard]] Stranger stranger_of_tree(base::Node root);

/// Is one of the first lines that say anything a block of Terraform's language?
[[nodiscard]] bool is_hcl(std::string_view text);

/// A collector's file holds one export a line. They become the items of one list, each on its line,
/// so that places stay right (but for the comma before). Any other text stays as it is.
[[nodiscard]] std::string lines_as_list(std::string text);

}  // namespace outlast::import
