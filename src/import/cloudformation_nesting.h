#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "import/desk.h"

namespace outlast::import {

[[nodiscard]] bool is_nested_stack(std::string_view type);

/// Which of the templates that are given together is part of which. A template that another one
/// nests stands for no stack of its own; where its URL leads to a bucket, the file's name tells.
class Nesting {
 public:
  explicit Nesting(const std::vector<InputDocument>& templates);

  /// The template that a URL names by the last part of its path, where one alone is called so and
  /// it is not `from` itself; else null.
  [[nodiscard]] const InputDocument* named_by(std::string_view url, const std::string& from) const;
  /// The template that lies there, where it is one of those given; else null.
  [[nodiscard]] const InputDocument* lying_at(const std::string& path) const;
  /// Does another template nest it that it does not nest itself?
  [[nodiscard]] bool is_part(const InputDocument& one) const;

 private:
  [[nodiscard]] const InputDocument* meant_by(base::Node written, const std::string& from) const;
  void find_parts(const InputDocument& one, base::Node resources);

  std::map<std::string, const InputDocument*> by_path_;
  std::map<std::string, std::vector<const InputDocument*>, std::less<>> by_file_;
  std::map<std::string, std::set<std::string>> parts_;  ///< paths, of those in them
};

}  // namespace outlast::import
