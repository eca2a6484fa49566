#include "catalog/guess_class.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "base/text.h"

namespace outlast::catalog {
namespace {

struct WordOfClass {
  std::string_view word;
  std::string_view of;
};

constexpr WordOfClass kWords[] = {
    {"customer", "customers"}, {"customers", "customers"}, {"client", "customers"},
    {"clients", "customers"},  {"crm", "customers"},       {"user", "customers"},
    {"users", "customers"},    {"member", "customers"},    {"members", "customers"},
    {"account", "customers"},  {"accounts", "customers"},  {"profile", "customers"},
    {"profiles", "customers"}, {"pii", "customers"},       {"personal", "customers"},
    {"patient", "health"},     {"patients", "health"},     {"medical", "health"},
    {"health", "health"},      {"phi", "health"},          {"payment", "payments"},
    {"payments", "payments"},  {"billing", "payments"},    {"invoice", "payments"},
    {"invoices", "payments"},  {"card", "payments"},       {"cards", "payments"},
    {"salary", "staff"},       {"payroll", "staff"},       {"employee", "staff"},
    {"employees", "staff"},    {"secret", "secrets"},      {"secrets", "secrets"},
    {"credential", "secrets"}, {"credentials", "secrets"}, {"password", "secrets"},
    {"passwords", "secrets"}};

}  // namespace

std::string_view class_by_name(std::string_view name) {
  const std::string lower = base::to_lower(name);
  std::string word;
  for (std::size_t i = 0; i <= lower.size(); ++i) {
    if (i < lower.size() && std::isalpha(static_cast<unsigned char>(lower[i])) != 0) {
      word += lower[i];
      continue;
    }
    const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                     [&](const WordOfClass& w) { return w.word == word; });
    if (found != std::end(kWords)) {
      return found->of;
    }
    word.clear();
  }
  return "";
}

}  // namespace outlast::catalog
