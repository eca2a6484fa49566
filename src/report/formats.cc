#include <algorithm>

#include "picture/picture.h"
#include "report/report.h"

namespace outlast::report {
namespace {

picture::Drawing drawn(const Content& content, const TextStyle& style) {
  auto drawing = picture::draw(content.blueprint, content.analysis);
  if (style.book != nullptr) {
    picture::put_into(drawing, [&](std::string_view text) { return style.said(text); });
  }
  return drawing;
}

std::string svg(const Content& content, const TextStyle& style) {
  return picture::to_svg(drawn(content, style));
}
std::string dot(const Content& content, const TextStyle& style) {
  return picture::to_dot(drawn(content, style));
}
std::string mermaid(const Content& content, const TextStyle& style) {
  return picture::to_mermaid(drawn(content, style));
}

constexpr Format kFormats[] = {
    {"text", "for people", to_text},
    {"json", "everything, for programs",
     [](const Content& content, const TextStyle&) { return to_json(content); }},
    {"html", "a page for the browser, in one file",
     [](const Content& content, const TextStyle& style) { return to_html(content, style); }},
    {"sarif", "findings, for code scanning",
     [](const Content& content, const TextStyle&) { return to_sarif(content); }},
    {"junit", "expectations, for test dashboards",
     [](const Content& content, const TextStyle&) { return to_junit(content); }},
    {"md", "a comment on a pull request",
     [](const Content& content, const TextStyle& style) { return to_markdown(content, style); }},
    {"csv", "findings, for spreadsheets",
     [](const Content& content, const TextStyle&) { return to_csv(content); }},
    {"svg", "the architecture as a picture, single points of failure marked", svg},
    {"dot", "the same, for Graphviz", dot},
    {"mermaid", "the same, for Markdown", mermaid},
};

}  // namespace

std::vector<std::size_t> shown_findings(const Content& content) {
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < content.analysis.findings.size(); ++i) {
    if (content.decision.findings[i].is_shown) {
      shown.push_back(i);
    }
  }
  return shown;
}

std::vector<findings::Fix> shown_fixes(const Content& content) {
  std::vector<findings::Fix> shown;
  for (const findings::Fix& fix : content.fixes) {
    if (std::any_of(fix.findings.begin(), fix.findings.end(), [&](std::size_t finding) {
          return content.decision.findings[finding].is_shown;
        })) {
      shown.push_back(fix);
    }
  }
  return shown;
}

std::span<const Format> formats() {
  return kFormats;
}

}  // namespace outlast::report
