#include "import/compose_variables.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "import/value_tree.h"

namespace outlast::import {

namespace {

constexpr std::size_t kDeepest = 16;

bool is_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// Behind the brace that closes the one before `begin`; npos if there is none.
std::size_t behind_brace(std::string_view text, std::size_t begin) {
  std::size_t open = 1;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text.substr(at, 2) == "${") {
      ++open;
      ++at;
    } else if (text[at] == '}' && --open == 0) {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

class Interpolator {
 public:
  explicit Interpolator(const Variables& variables) : variables_(variables) {}

  Interpolated run(std::string_view text) {
    out_.text = filled(text, 0);
    return std::move(out_);
  }

 private:
  std::string filled(std::string_view text, std::size_t depth) {
    std::string out;
    while (!text.empty()) {
      const std::size_t dollar = text.find('$');
      out += text.substr(0, dollar);
      if (dollar == std::string_view::npos || dollar + 1 == text.size()) {
        out += dollar == std::string_view::npos ? "" : "$";
        break;
      }
      text.remove_prefix(dollar + 1);
      text.remove_prefix(take(text, depth, out));
    }
    return out;
  }

  /// Takes what follows a dollar sign; how much of it that is.
  std::size_t take(std::string_view text, std::size_t depth, std::string& out) {
    if (text.front() == '$') {
      out += '$';
      return 1;
    }
    if (text.front() == '{') {
      const std::size_t end = behind_brace(text, 1);
      if (end == std::string_view::npos || depth > kDeepest) {
        out_.is_wrong = true;
        return text.size();
      }
      out += expression(text.substr(1, end - 2), depth);
      return end;
    }
    const auto end = std::find_if_not(text.begin(), text.end(), is_name);
    const auto size = static_cast<std::size_t>(end - text.begin());
    out += size == 0 ? "$" : expression(text.substr(0, size), depth);
    return size;
  }

  /// NAME, or NAME with an operator and what it works on.
  std::string expression(std::string_view text, std::size_t depth) {
    const auto name_end = std::find_if_not(text.begin(), text.end(), is_name);
    const std::string_view name = text.substr(0, static_cast<std::size_t>(name_end - text.begin()));
    std::string_view rest = text.substr(name.size());
    if (name.empty()) {
      out_.is_wrong = true;
      return "";
    }
    out_.is_computed = true;
    const auto known = variables_.find(name);
    const bool counts_empty = rest.starts_with(':');
    rest.remove_prefix(counts_empty ? 1 : 0);
    const bool is_given = known != variables_.end() && !(counts_empty && known->second.empty());
    if (rest.empty()) {
      return is_given || known != variables_.end() ? known->second : std::string(1, kUnknownPart);
    }
    const std::string_view operand = rest.substr(1);
    switch (rest.front()) {
      case '-':
        return is_given ? known->second : filled(operand, depth + 1);
      case '+':
        return is_given ? filled(operand, depth + 1) : "";
      case '?':
        if (!is_given) {
          out_.missing.emplace_back(name);
        }
        return is_given ? known->second : std::string(1, kUnknownPart);
      default:
        out_.is_wrong = true;
        return "";
    }
  }

  const Variables& variables_;
  Interpolated out_;
};

/// The value of a line, without its quotes and what stands behind them.
std::string value_of_line(std::string_view value, const Variables& known) {
  const char quote = value.empty() ? '\0' : value.front();
  if (quote == '\'' || quote == '"') {
    const std::size_t end = value.find(quote, 1);
    value = value.substr(1, end == std::string_view::npos ? end : end - 1);
    return quote == '\'' ? std::string(value) : interpolate(value, known).text;
  }
  const std::size_t comment = value.find(" #");
  return interpolate(base::trim(value.substr(0, comment)), known).text;
}

}  // namespace

Interpolated interpolate(std::string_view text, const Variables& variables) {
  if (text.find('$') == std::string_view::npos) {
    Interpolated plain;
    plain.text = text;
    return plain;
  }
  return Interpolator(variables).run(text);
}

Variables read_env_file(std::string_view text, const Variables& known) {
  Variables all = known;
  Variables out;
  for (std::string_view line : base::split(text, '\n')) {
    line = base::trim(line);
    if (line.starts_with("export ")) {
      line = base::trim(line.substr(7));
    }
    const std::size_t equals = line.find('=');
    if (line.empty() || line.front() == '#' || equals == std::string_view::npos || equals == 0) {
      continue;
    }
    const std::string name(base::trim(line.substr(0, equals)));
    std::string value = value_of_line(base::trim(line.substr(equals + 1)), all);
    all.insert_or_assign(name, value);
    out.insert_or_assign(name, std::move(value));
  }
  return out;
}

}  // namespace outlast::import
