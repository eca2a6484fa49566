#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "base/document.h"
#include "serve/jobs.h"

namespace outlast::cli {

/// A question of the live view, read: an object whose members are known and of their kind.
class Question {
 public:
  /// errors  all to `diagnostics`, each with its place in the question
  explicit Question(const serve::Ask& ask);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  [[nodiscard]] const base::Diagnostics& diagnostics() const { return diagnostics_; }
  [[nodiscard]] const base::Sources& sources() const { return sources_; }

  [[nodiscard]] bool has(std::string_view key) const { return member(key).exists(); }
  /// Empty where there is none.
  [[nodiscard]] std::string text_of(std::string_view key) const;
  [[nodiscard]] std::optional<double> number_of(std::string_view key) const;
  /// False where there is none.
  [[nodiscard]] bool flag_of(std::string_view key) const;

 private:
  [[nodiscard]] base::Node member(std::string_view key) const;
  void check_member(std::string_view question, std::size_t i);
  void check_presence(std::string_view question);
  base::Sources sources_;
  base::Diagnostics diagnostics_;
  std::optional<base::Document> document_;
};

}  // namespace outlast::cli
