#include "serve/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace outlast::serve {
namespace {

bool is_token_char(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         kMarks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_visible(char c) {
  return c > ' ' && c < '\x7f';
}

/// Anything but control characters; bytes above ASCII are left as they are.
bool is_value_char(char c) {
  return c == '\t' || (c != '\x7f' && static_cast<unsigned char>(c) >= ' ');
}

Head wrong(int status, std::string reason) {
  Head head;
  head.kind = Head::Kind::wrong;
  head.status = status;
  head.reason = std::move(reason);
  return head;
}

/// "GET /path?query HTTP/1.1"; the head is wrong where the line is.
Head read_request_line(std::string_view line) {
  const auto words = base::split(line, ' ');
  if (words.size() != 3 || !is_token(words[0])) {
    return wrong(400, "the request line is wrong");
  }
  const std::string_view target = words[1];
  if (target.size() > kMostTarget) {
    return wrong(414, "the target is too long");
  }
  if (!target.starts_with('/') || !std::all_of(target.begin(), target.end(), is_visible)) {
    return wrong(400, "the target is no path");
  }
  if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0") {
    return wrong(505, "only HTTP/1.1 is spoken here");
  }
  Head head;
  head.kind = Head::Kind::complete;
  const std::size_t mark = target.find('?');
  head.request.method = words[0];
  head.request.path = target.substr(0, mark);
  head.request.query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
  return head;
}

/// "Name: value" as a header; false where it is none.
bool take_header(std::string_view line, Request& request) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) ||
      !std::all_of(line.begin(), line.end(), is_value_char)) {
    return false;
  }
  request.headers.emplace_back(base::to_lower(line.substr(0, colon)),
                               base::trim(line.substr(colon + 1)));
  return true;
}

std::size_t count_of(const Request& request, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(request.headers.begin(), request.headers.end(),
                    [&](const auto& header) { return header.first == name; }));
}

/// What the headers say together; the head stays as it is where they are right.
Head checked(Head head) {
  Request& request = head.request;
  if (count_of(request, "host") != 1) {
    return wrong(400, "exactly one Host is wanted");
  }
  for (const std::string_view name : {"origin", "authorization", "content-type"}) {
    if (count_of(request, name) > 1) {
      return wrong(400, fmt::format("there is more than one {}", name));
    }
  }
  if (count_of(request, "transfer-encoding") > 0) {
    return wrong(501, "a body is sent whole, with its Content-Length");
  }
  const std::size_t lengths = count_of(request, "content-length");
  if (lengths > 1) {
    return wrong(400, "there is more than one Content-Length");
  }
  request.has_length = lengths == 1;
  if (request.has_length) {
    const std::string_view text = request.header("content-length");
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, request.body_bytes);
    if (error == std::errc::result_out_of_range) {
      return wrong(413, "the body is too large");
    }
    if (error != std::errc() || stop != end) {
      return wrong(400, "Content-Length is no number");
    }
  }
  return head;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i] == '+' ? ' ' : text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

Head read_head(std::string_view bytes) {
  constexpr std::string_view kEnd = "\r\n\r\n";
  const std::size_t end = bytes.substr(0, kMostHead).find(kEnd);
  if (end == std::string_view::npos) {
    return bytes.size() >= kMostHead ? wrong(431, "the headers are too long") : Head();
  }
  std::string_view rest = bytes.substr(0, end + 2);
  Head head;
  for (bool is_first = true; !rest.empty(); is_first = false) {
    const std::size_t length = rest.find("\r\n");
    const std::string_view line = rest.substr(0, length);
    rest.remove_prefix(length + 2);
    if (is_first) {
      head = read_request_line(line);
      if (head.kind == Head::Kind::wrong) {
        return head;
      }
    } else if (!take_header(line, head.request)) {
      return wrong(400, "a header is wrong");
    }
    if (head.request.headers.size() > kMostHeaders) {
      return wrong(431, "there are too many headers");
    }
  }
  head.bytes = end + kEnd.size();
  return checked(std::move(head));
}

std::optional<std::string> query_value(std::string_view query, std::string_view key) {
  for (const std::string_view item : base::split(query, '&')) {
    const std::size_t equals = item.find('=');
    if (equals != std::string_view::npos && item.substr(0, equals) == key) {
      return percent_decoded(item.substr(equals + 1));
    }
  }
  return std::nullopt;
}

std::string_view cookie_of(const Request& request, std::string_view name) {
  for (const std::string_view item : base::split(request.header("cookie"), ';')) {
    const std::string_view cookie = base::trim(item);
    const std::size_t equals = cookie.find('=');
    if (equals != std::string_view::npos && cookie.substr(0, equals) == name) {
      return cookie.substr(equals + 1);
    }
  }
  return {};
}

}  // namespace outlast::serve
