#include "report/markdown_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

/// How much of our own markup begins at a place; none within a text that is escaped.
std::size_t markup_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const bool is_line_begin = at == 0 || text[at - 1] == '\n';
  for (const std::string_view mark : {"### ", "- "}) {
    if (is_line_begin && rest.starts_with(mark)) {
      return mark.size();
    }
  }
  for (const std::string_view mark : {"**: ", "; **", "**", "|", "_", "\n", " ✗"}) {
    if (rest.starts_with(mark)) {
      return mark.size();
    }
  }
  return rest.starts_with('<') ? std::min(rest.find('>'), rest.size() - 1) + 1 : 0;
}

/// The text that was escaped.
std::string unescaped(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> kEntities[] = {
      {"&#64;", "@"}, {"&#35;", "#"}, {"&amp;", "&"}};
  std::string out;
  while (!text.empty()) {
    const auto* const entity =
        std::find_if(std::begin(kEntities), std::end(kEntities),
                     [&](const auto& known) { return text.starts_with(known.first); });
    if (entity != std::end(kEntities)) {
      out += entity->second;
      text.remove_prefix(entity->first.size());
      continue;
    }
    text.remove_prefix(text.front() == '\\' && text.size() > 1 ? 1 : 0);
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
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

std::string MarkdownPage::said(const std::string& text) const {
  if (book_ == nullptr) {
    return text;
  }
  // What is ours stands between texts that are escaped: cells, emphasis, tags and beginnings of
  // lines. Each text between is said by itself.
  std::string out;
  std::string between;
  const auto say_between = [&] {
    const std::size_t begin = std::min(between.find_first_not_of(' '), between.size());
    const std::size_t end = between.find_last_not_of(' ') + 1;
    out += begin >= end ? between
                        : between.substr(0, begin) +
                              escaped_markdown(book_->say(unescaped(
                                  std::string_view(between).substr(begin, end - begin)))) +
                              between.substr(end);
    between.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t markup = markup_at(text, at);
    if (markup > 0) {
      say_between();
      out += text.substr(at, markup);
      at += markup;
    } else {
      const std::size_t length = text[at] == '\\' ? 2 : 1;
      between += text.substr(at, length);
      at += length;
    }
  }
  say_between();
  return out;
}

bool MarkdownPage::add(const std::string& english) {
  const std::string text = said(english);
  if (out_.size() + text.size() + kReserve > kMostMarkdown) {
    return false;
  }
  out_ += text;
  return true;
}

void MarkdownPage::add_all(const std::vector<std::string>& lines, std::string_view what) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!add(lines[i])) {
      out_ += said(fmt::format("\n_{} of {} {} are left out: they do not fit into a comment._\n",
                               lines.size() - i, lines.size(), what));
      return;
    }
  }
}

}  // namespace outlast::report
