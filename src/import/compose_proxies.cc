#include "import/compose_proxies.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace outlast::import {

namespace {

/// Proxies that ask the host which services they lead to: each says so itself.
struct Proxy {
  std::string_view image;
  std::string_view member;               ///< of the services
  std::array<std::string_view, 2> keys;  ///< that say so begin with one of these
  std::string_view switched_by;          ///< key that says whether it is led to; empty: none does
  std::string_view only_switched;        ///< setting of the proxy: `false`, and it has to be said
};
constexpr std::array<Proxy, 3> kProxies = {
    {{"traefik",
      "labels",
      {"traefik.http.routers.", "traefik.tcp.routers."},
      "traefik.enable",
      "exposedbydefault"},
     {"nginx-proxy", "environment", {"VIRTUAL_HOST", "VIRTUAL_HOST"}, "", ""},
     {"caddy-docker-proxy", "labels", {"caddy", "caddy"}, "", ""}}};

/// "--providers.docker.exposedByDefault=false", or a variable whose name ends so.
bool turns_off(const ValueTree& proxy, std::string_view setting) {
  const auto is_off = [&](std::string_view key, std::string_view value) {
    return !setting.empty() && base::to_lower(key).ends_with(setting) &&
           base::to_lower(value) == "false";
  };
  const ValueTree* variables = proxy.member("environment");
  for (std::size_t i = 0; variables != nullptr && i < variables->members.size(); ++i) {
    if (is_off(variables->members[i].first, variables->members[i].second.text)) {
      return true;
    }
  }
  const ValueTree* command = proxy.member("command");
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; command != nullptr && i < command->items.size(); ++i) {
    lines.emplace_back(command->items[i].text);
  }
  if (command != nullptr && command->is_text()) {
    lines.emplace_back(command->text);
  }
  for (const std::string_view line : lines) {
    for (const std::string_view word : base::split(line, ' ')) {
      const auto sign = word.find('=');
      if (sign != std::string_view::npos && is_off(word.substr(0, sign), word.substr(sign + 1))) {
        return true;
      }
    }
  }
  return false;
}

/// What a service says to be led to by a proxy; null where it says nothing, or that it is not.
/// In a swarm what its containers wear stands beside what the service itself does (`deploy`).
const ValueTree* led_to_by(const Proxy& proxy, bool must_be_switched, const ValueTree& service) {
  const ValueTree* told = nullptr;
  const ValueTree* switched = nullptr;
  const ValueTree* deploy = service.member("deploy");
  for (const ValueTree* said :
       {service.member(proxy.member), deploy == nullptr ? nullptr : deploy->member(proxy.member)}) {
    for (std::size_t i = 0; said != nullptr && i < said->members.size(); ++i) {
      const auto& [key, value] = said->members[i];
      const bool is_route =
          std::any_of(proxy.keys.begin(), proxy.keys.end(),
                      [&](std::string_view begin) { return key.starts_with(begin); });
      told = told == nullptr && is_route ? &value : told;
      switched = !proxy.switched_by.empty() && key == proxy.switched_by ? &value : switched;
    }
  }
  const bool is_off = switched == nullptr ? must_be_switched : switched->text == "false";
  return is_off ? nullptr : switched != nullptr ? switched : told;
}

/// Settings by which a service tells such a proxy its own names: it calls nobody by them.
constexpr std::array<std::string_view, 2> kOwnNames = {"VIRTUAL_HOST", "LETSENCRYPT_HOST"};

}  // namespace

bool names_itself_to_a_proxy(std::string_view setting) {
  return std::find(kOwnNames.begin(), kOwnNames.end(), setting) != kOwnNames.end();
}

std::vector<std::pair<std::string, base::Span>> services_behind(const ValueTree& proxy,
                                                                const ComposeProject& project) {
  std::vector<std::pair<std::string, base::Span>> found;
  const ValueTree* image = proxy.member("image");
  const auto known = std::find_if(kProxies.begin(), kProxies.end(), [&](const Proxy& one) {
    return image != nullptr && image->text.find(one.image) != std::string::npos;
  });
  if (known == kProxies.end()) {
    return found;
  }
  const bool must_be_switched = turns_off(proxy, known->only_switched);
  for (const auto& [name, service] : project.services) {
    if (const ValueTree* told = led_to_by(*known, must_be_switched, service)) {
      found.emplace_back(name, told->span);
    }
  }
  return found;
}

}  // namespace outlast::import
