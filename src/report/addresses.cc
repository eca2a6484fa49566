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
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
      ends.push_back(at);
    }
  }
  const auto after = std::lower_bound(ends.begin(), ends.end(), std::size_t{span.begin});
  return static_cast<std::size_t>(after - ends.begin()) + 1;
}

}  // namespace outlast::report
