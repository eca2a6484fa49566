#include "report/report.h"

namespace outlast::report {
namespace {

constexpr Format kFormats[] = {
    {"text", "for people", to_text},
    {"json", "everything, for programs",
     [](const Content& content, const TextStyle&) { return to_json(content); }},
    {"sarif", "findings, for code scanning",
     [](const Content& content, const TextStyle&) { return to_sarif(content); }},
    {"junit", "expectations, for test dashboards",
     [](const Content& content, const TextStyle&) { return to_junit(content); }},
    {"md", "a comment on a pull request",
     [](const Content& content, const TextStyle&) { return to_markdown(content); }},
    {"csv", "findings, for spreadsheets",
     [](const Content& content, const TextStyle&) { return to_csv(content); }},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace outlast::report
