#include "import/desk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "import/secrets.h"

namespace outlast::import {

using base::Node;

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

std::string path_below(const std::string& folder, std::string_view local) {
  const std::string both =
      local.starts_with('/') ? std::string(local) : folder + std::string(local);
  std::vector<std::string_view> parts;
  for (const std::string_view part : base::split(both, '/')) {
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string out = both.starts_with('/') ? "/" : "";
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += (i == 0 ? "" : "/") + std::string(parts[i]);
  }
  return out;
}

Node read_named_file(Desk& desk, const std::string& path, base::Span named_at) {
  auto bytes = desk.files.read(path, desk.limits.bytes);
  auto text = bytes ? base::to_utf8(std::string(*bytes)) : bytes;
  if (!text) {
    desk.draft.is_incomplete = true;
    desk.diagnostics.error("OUT-E1001", named_at, fmt::format("{} {}", path, text.error().message),
                           text.error().remedy);
    return {};
  }
  const auto source = desk.sources.add(path, std::move(*text), base::sha256(*bytes));
  auto documents = base::parse_yaml(desk.sources, source, desk.diagnostics, desk.limits);
  if (!documents || documents->empty()) {
    desk.draft.is_incomplete = true;
    return {};
  }
  desk.draft.documents.push_back(std::move(documents->front()));
  return desk.draft.documents.back().root();
}

void find_secrets_by_line(Node value, const blueprint::Evidence& evidence, Desk& desk,
                          std::string_view name) {
  auto& secrets = desk.draft.secrets;
  const std::size_t first = secrets.size();
  find_secrets(value, {}, evidence, secrets, name);
  for (std::size_t i = first; i < secrets.size(); ++i) {
    secrets[i].evidence.pointer.clear();
  }
}

blueprint::Remark remark_of_ignore(const std::string& address, Node entry) {
  std::string text = fmt::format("ignore={}", entry["id"].text());
  for (const std::string_view key : {"reason", "until"}) {
    if (std::string value(entry[key].text()); !value.empty()) {
      std::replace(value.begin(), value.end(), '"', '\'');
      text +=
          key == "reason" ? fmt::format(" reason=\"{}\"", value) : fmt::format(" until={}", value);
    }
  }
  return {blueprint::Remark::Kind::comment, text, {address}, entry.span()};
}

}  // namespace outlast::import
