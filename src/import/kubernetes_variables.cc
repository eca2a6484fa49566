#include "import/kubernetes_variables.h"

#include <fmt/format.h>

#include <cctype>

namespace outlast::import {

using base::Node;
using blueprint::ResourceId;

namespace {

/// "cart-db" → "CART_DB".
std::string in_capitals(std::string_view name) {
  std::string capitals(name);
  for (char& c : capitals) {
    c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return capitals;
}

}  // namespace

KubernetesVariables::KubernetesVariables(const KubernetesObjects& objects) {
  for (const ResourceId id : objects.all()) {
    const Node service = objects.object(id);
    const Node spec = service["spec"];
    const Node ports = spec["ports"];
    if (service["kind"].text() != "Service" || spec["clusterIP"].text() == "None" ||
        spec["type"].text() == "ExternalName") {
      continue;
    }
    const std::string host(service["metadata"]["name"].text());
    const std::string prefix = in_capitals(host);
    Settings& made = of_services_[objects.space_of(id)];
    made[prefix + "_SERVICE_HOST"] = host;
    for (std::size_t i = 0; i < ports.size(); ++i) {
      const std::string port(ports.at(i)["port"].text());
      made.emplace(prefix + "_SERVICE_PORT", port);
      made.emplace(prefix + "_PORT", fmt::format("tcp://{}:{}", host, port));
      made.emplace(
          fmt::format("{}_SERVICE_PORT_{}", prefix, in_capitals(ports.at(i)["name"].text())), port);
    }
  }
}

void KubernetesVariables::begin(const std::string& space) {
  const auto around = of_services_.find(space);
  around_ = around == of_services_.end() ? nullptr : &around->second;
  own_.clear();
}

void KubernetesVariables::tell(std::string_view name, std::string_view value) {
  own_.insert_or_assign(std::string(name), std::string(value));
}

const std::string* KubernetesVariables::told(std::string_view name) const {
  if (const auto own = own_.find(name); own != own_.end()) {
    return &own->second;
  }
  if (around_ != nullptr) {
    const auto made = around_->find(name);
    return made == around_->end() ? nullptr : &made->second;
  }
  return nullptr;
}

KubernetesVariables::Text KubernetesVariables::expand(std::string_view text) const {
  Text out;
  while (!text.empty()) {
    const auto begin = text.find('$');
    out.text += text.substr(0, begin);
    if (begin == std::string_view::npos) {
      break;
    }
    text.remove_prefix(begin);
    const auto end = text.starts_with("$(") ? text.find(')') : std::string_view::npos;
    if (end == std::string_view::npos) {
      const std::size_t taken = text.starts_with("$$") ? 2 : 1;  // "$$(A)" means "$(A)" itself
      out.text += '$';
      text.remove_prefix(taken);
      continue;
    }
    const std::string_view name = text.substr(2, end - 2);
    if (const std::string* value = told(name)) {
      out.text += *value;
    } else {
      out.text += text.substr(0, end + 1);
      out.lacks = out.lacks.empty() ? std::string(name) : out.lacks;
    }
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace outlast::import
