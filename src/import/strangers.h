#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"

/// What inputs are that no reader knows, and how some are made readable.
namespace outlast::import {

/// Something that is not read, and what to give instead.
struct Stranger {
  std::string_view what;
  std::string_view instead;
  bool is_known = true;  ///< made by, or for, something whose output is read
};

/// What is known by its file's name: what kustomize works by, which needs no word that tells, and texts
/// for people.
[[nodiscard]] std::optional<Stranger> stranger_of_name(std::string_view path);

/// What is known by its first bytes and is neither JSON nor YAML.
[[nodiscard]] std::optional<Stranger> stranger_of_bytes(std::string_view bytes);

/// What is known by its keys; what is not known at all, too.
[[nodiscard]] Stranger stranger_of_tree(base::Node root);

/// What a folder holds that is no input by itself, though what is made of it would be: told in one
/// warning for each kind.
class PassedOver {
 public:
  void add(const std::string& path, const Stranger& stranger);
  void tell(base::Diagnostics& diagnostics) const;

 private:
  std::map<std::string_view, std::pair<Stranger, std::vector<std::string>>> found_;
};

/// Is one of the first lines that say anything a block of Terraform's language?
[[nodiscard]] bool is_hcl(std::string_view text);

/// A collector's file holds one export a line. They become the items of one list, each on its line,
/// so that places stay right (but for the comma before). Any other text stays as it is.
[[nodiscard]] std::string lines_as_list(std::string text);

}  // namespace outlast::import
