#include "catalog/guess_class.h"

#include <algorithm>
#include <cctype>
#include <string>

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

constexpr std::string_view kMadeAgain[] = {
    "artifact",    "artifacts", "assets",     "backup",   "backups",  "build",    "builds",
    "cache",       "cdn",       "cloudtrail", "code",     "config",   "deploy",   "deployment",
    "deployments", "dist",      "flowlogs",   "frontend", "lambda",   "log",      "logging",
    "logs",        "metrics",   "origin",     "package",  "packages", "pipeline", "release",
    "releases",    "scratch",   "site",       "source",   "static",   "temp",     "temporary",
    "tmp",         "trail",     "traces",     "web",      "website"};

/// Calls `see` with each word, in small letters, until it returns true; true if it did. A capital
/// after a small letter begins a word where `by_capitals` says so.
template <class See>
bool any_word(std::string_view name, bool by_capitals, See see) {
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const auto at = [&](std::size_t k) { return static_cast<unsigned char>(name[k]); };
    const bool is_letter = i < name.size() && std::isalpha(at(i)) != 0;
    const bool begins = by_capitals && is_letter && i > 0 && std::isupper(at(i)) != 0 &&
                        std::islower(at(i - 1)) != 0;
    if ((!is_letter || begins) && !word.empty()) {
      if (see(std::string_view(word))) {
        return true;
      }
      word.clear();
    }
    if (is_letter) {
      word += static_cast<char>(std::tolower(at(i)));
    }
  }
  return false;
}

}  // namespace

std::string_view class_by_name(std::string_view name) {
  std::string_view of;
  any_word(name, false, [&](std::string_view word) {
    const auto* found = std::find_if(std::begin(kWords), std::end(kWords),
                                     [&](const WordOfClass& w) { return w.word == word; });
    of = found == std::end(kWords) ? std::string_view() : found->of;
    return !of.empty();
  });
  return of;
}

bool is_made_again_by_name(std::string_view name) {
  return any_word(name, true, [](std::string_view word) {
    return std::find(std::begin(kMadeAgain), std::end(kMadeAgain), word) != std::end(kMadeAgain);
  });
}

}  // namespace outlast::catalog
