#include "serve/response.h"

#include <fmt/format.h>

#include "base/json_document.h"
#include "base/text.h"

namespace outlast::serve {
namespace {

std::string_view words_for(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 303:
      return "See Other";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return status < 500 ? "Refused" : "Internal Server Error";
  }
}

constexpr std::string_view kCommonHeaders =
    "Cache-Control: no-store\r\n"
    "Connection: close\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

/// What is no page may do nothing at all.
constexpr std::string_view kNoPage =
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n";

bool is_page(const Response& response) {
  return response.type.starts_with("text/html");
}

}  // namespace

std::string bytes_of(const Response& response) {
  std::string out =
      fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n{}", response.status,
                  words_for(response.status), response.type, response.body.size(), kCommonHeaders);
  if (!is_page(response)) {
    out += kNoPage;
  }
  for (const auto& [name, value] : response.headers) {
    out += fmt::format("{}: {}\r\n", name, value);
  }
  out += "\r\n";
  out += response.body;
  return out;
}

std::string stream_head() {
  return fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}{}\r\n",
                     kCommonHeaders, kNoPage);
}

std::string event_bytes(std::string_view name, std::string_view data) {
  std::string out = fmt::format("event: {}\n", name);
  if (data.ends_with('\n')) {
    data.remove_suffix(1);
  }
  for (const std::string_view line : base::split(data, '\n')) {
    out += "data: ";
    out += line;
    out += '\n';
  }
  out += '\n';
  return out;
}

Response json_response(int status, std::string_view body) {
  Response response;
  response.status = status;
  response.body = body;
  return response;
}

std::string one_member(std::string_view key, std::string_view value) {
  base::JsonWriter json;
  json.begin_object();
  json.member(key, value);
  json.end_object();
  return json.take();
}

std::string one_member(std::string_view key, std::uint64_t value) {
  base::JsonWriter json;
  json.begin_object();
  json.member(key, static_cast<std::int64_t>(value));
  json.end_object();
  return json.take();
}

Response refusal(int status, std::string_view message, std::string_view help) {
  base::JsonWriter json;
  base::begin_document(json, kSchemaVersion);
  json.key("error");
  json.begin_object();
  json.member("message", message);
  json.member("help", help);
  json.end_object();
  json.end_object();
  return json_response(status, json.take());
}

}  // namespace outlast::serve
