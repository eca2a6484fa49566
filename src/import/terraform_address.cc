#include "import/terraform_address.h"

namespace outlast::import {
namespace {

/// Position just behind the bracket that closes the one at `open`; quotes may hold brackets.
std::size_t after_bracket(std::string_view text, std::size_t open) {
  bool quoted = false;
  for (std::size_t i = open + 1; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      quoted = !quoted;
    } else if (text[i] == ']' && !quoted) {
      return i + 1;
    }
  }
  return text.size();
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') {
    return std::string(text);
  }
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) {
      ++i;
    }
    plain += text[i];
  }
  return plain;
}

}  // namespace

std::vector<AddressStep> split_address(std::string_view address) {
  std::vector<AddressStep> steps(1);
  for (std::size_t i = 0; i < address.size();) {
    if (address[i] == '.') {
      steps.emplace_back();
      ++i;
    } else if (address[i] == '[') {
      const std::size_t end = after_bracket(address, i);
      steps.back().index = unquoted(address.substr(i + 1, end - i - 2));
      steps.back().brackets = address.substr(i, end - i);
      steps.back().has_index = true;
      i = end;
    } else {
      steps.back().name += address[i++];
    }
  }
  return steps;
}

std::string without_indexes(std::string_view address) {
  std::string plain;
  for (std::size_t i = 0; i < address.size();) {
    if (address[i] == '[') {
      i = after_bracket(address, i);
    } else {
      plain += address[i++];
    }
  }
  return plain;
}

}  // namespace outlast::import
