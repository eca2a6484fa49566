#include "report/markdown_text.h"

#include <fmt/format.h>

#include "base/quoted_line.h"
#include "base/utf8.h"
#include "report/report.h"

namespace outlast::report {
namespace {

/// At most `most` code points; what is cut off is told by an ellipsis.
std::string shortened(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size() && count < most; ++count) {
    end += base::decode_utf8(text, end).bytes;
  }
  return end < text.size() ? std::string(text.substr(0, end)) + "…" : std::string(text);
}

/// Room is kept for the sentence that tells what was left out.
constexpr std::size_t kReserve = 400;

}  // namespace

std::string escaped_markdown(std::string_view text, std::size_t most) {
  constexpr std::string_view kMarkup = "\\`*_[]<>|~";
  std::string out;
  for (const char c : shortened(base::printable(text), most)) {
    if (c == '@' || c == '#' || c == '&') {
      out += c == '@' ? "&#64;" : c == '#' ? "&#35;" : "&amp;";
    } else {
      out += (kMarkup.find(c) != std::string_view::npos ? "\\" : "") + std::string(1, c);
    }
  }
  return out;
}

bool MarkdownPage::add(const std::string& text) {
  if (out_.size() + text.size() + kReserve > kMostMarkdown) {
    return false;
  }
  out_ += text;
  return true;
}

void MarkdownPage::add_all(const std::vector<std::string>& lines, std::string_view what) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!add(lines[i])) {
      out_ += fmt::format("\n_{} of {} {} are left out: they do not fit into a comment._\n",
                          lines.size() - i, lines.size(), what);
      return;
    }
  }
}

}  // namespace outlast::report
