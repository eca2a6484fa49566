#include "report/addresses.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace outlast::report {
namespace {

/// The path without "." and without "x/..", where that can be said from its text.
std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  for (const std::string_view segment : base::split(path, '/')) {
    if (segment.empty() || segment == ".") {
      continue;
    }
    if (segment == ".." && !segments.empty() && segments.back() != "..") {
      segments.pop_back();
    } else if (segment != ".." || !path.starts_with('/')) {
      segments.push_back(segment);
    }
  }
  return segments;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string encoded(std::string_view segment) {
  std::string out;
  for (const char c : segment) {
    out += is_unreserved(c)
               ? std::string(1, c)
               : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return out;
}

/// JSON that a program wrote, all of it in one line.
bool is_one_line_of_json(std::string_view text) {
  const std::string_view content = base::trim(text);
  return (content.starts_with('{') || content.starts_with('[')) &&
         content.find('\n') == std::string_view::npos;
}

/// Where lines would end if JSON were written with a member or an element a line, as `jq .` does it:
/// behind brackets that hold something and behind commas, and before the bracket that closes.
std::vector<std::size_t> ends_if_written_out(std::string_view text) {
  std::vector<std::size_t> ends;
  const auto next = [&](std::size_t at) { return text.find_first_not_of(" \t\r\n", at); };
  bool is_in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_in_text) {
      i += c == '\\' ? 1U : 0U;
      is_in_text = c != '"';
    } else if (c == '"') {
      is_in_text = true;
    } else if (c == '{' || c == '[') {
      const std::size_t inner = next(i + 1);
      const bool is_empty =
          inner != std::string_view::npos && (text[inner] == '}' || text[inner] == ']');
      if (is_empty) {
        i = inner;
      } else {
        ends.push_back(i);
      }
    } else if (c == ',') {
      ends.push_back(i);
    } else if (c == '}' || c == ']') {
      ends.push_back(i - 1);
    }
  }
  return ends;
}

std::vector<std::size_t> ends_of_lines(std::string_view text) {
  std::vector<std::size_t> ends;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    ends.push_back(at);
  }
  return ends;
}

}  // namespace

std::string uri_of(std::string_view path, std::string_view folder) {
  auto segments = segments_of(path);
  std::string uri;
  if (path.starts_with('/')) {
    const auto above = segments_of(folder);
    const bool is_below = !above.empty() && segments.size() > above.size() &&
                          std::equal(above.begin(), above.end(), segments.begin());
    if (is_below) {
      segments.erase(segments.begin(),
                     segments.begin() + static_cast<std::ptrdiff_t>(above.size()));
    } else {
      uri = "file:///";
    }
  }
  for (std::size_t i = 0; i < segments.size(); ++i) {
    uri += (i == 0 ? "" : "/") + encoded(segments[i]);
  }
  return uri.empty() ? "." : uri;
}

std::size_t LineFinder::line_of(base::Span span) {
  auto [known, is_new] = ends_.try_emplace(span.source.index);
  auto& ends = known->second;
  if (is_new) {
    const std::string& text = sources_.text(span.source);
    ends = is_one_line_of_json(text) ? ends_if_written_out(text) : ends_of_lines(text);
  }
  const auto after = std::lower_bound(ends.begin(), ends.end(), std::size_t{span.begin});
  return static_cast<std::size_t>(after - ends.begin()) + 1;
}

}  // namespace outlast::report
