#include "import/compose_swarm.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace outlast::import {

namespace {

/// Options with which the driver of local volumes mounts what lies on another machine.
bool is_mounted_from_elsewhere(const ValueTree& volume) {
  const ValueTree* options = volume.member("driver_opts");
  const ValueTree* type = options == nullptr ? nullptr : options->member("type");
  return type != nullptr && (!type->is_closed() || type->text.starts_with("nfs") ||
                             type->text == "cifs" || type->text == "smb3");
}

/// A volume is on the machine's own disk unless its declaration says otherwise.
bool is_on_own_disk(const ComposeProject& project, const ValueTree& mount) {
  const ValueTree* source = mount.member("source");
  const auto declared =
      source == nullptr ? project.volumes.end() : project.volumes.find(source->text);
  if (declared == project.volumes.end()) {
    return source == nullptr || source->is_closed();
  }
  const ValueTree* driver = declared->second.member("driver");
  const ValueTree* external = declared->second.member("external");
  return (driver == nullptr || driver->text == "local") &&
         (external == nullptr || external->text == "false") &&
         !is_mounted_from_elsewhere(declared->second);
}

/// A word of its command that begins so: "--providers.swarm=true"; those of a proxy tell of a swarm.
bool has_option(const ValueTree& service, std::string_view part) {
  const ValueTree* command = service.member("command");
  const auto tells = [&](const ValueTree& word) {
    return base::to_lower(word.text).find(part) != std::string::npos;
  };
  return command != nullptr &&
         (tells(*command) || std::any_of(command->items.begin(), command->items.end(), tells));
}

}  // namespace

bool is_for_a_swarm(const ComposeProject& project) {
  const auto is_swarm_service = [](const auto& named) {
    const ValueTree* deploy = named.second.member("deploy");
    if (deploy == nullptr) {
      return false;
    }
    const ValueTree* mode = deploy->member("mode");
    return deploy->member("placement") != nullptr || deploy->member("update_config") != nullptr ||
           (mode != nullptr && mode->text.starts_with("global"));
  };
  const auto is_overlay = [](const auto& named) {
    const ValueTree* driver = named.second.member("driver");
    return driver != nullptr && driver->text == "overlay";
  };
  const auto asks_the_swarm = [](const auto& named) {
    return has_option(named.second, "providers.swarm") || has_option(named.second, "swarmmode");
  };
  return std::any_of(project.services.begin(), project.services.end(), is_swarm_service) ||
         std::any_of(project.services.begin(), project.services.end(), asks_the_swarm) ||
         std::any_of(project.networks.begin(), project.networks.end(), is_overlay);
}

DataPlace data_place_of(const ComposeProject& project, const ValueTree& service) {
  const ValueTree* volumes = service.member("volumes");
  DataPlace place = DataPlace::none;
  for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
    const ValueTree* type = volumes->items[i].member("type");
    if (type != nullptr && type->text == "volume") {
      const bool is_own = is_on_own_disk(project, volumes->items[i]);
      place =
          is_own || place == DataPlace::its_machine ? DataPlace::its_machine : DataPlace::unknown;
    }
  }
  return place;
}

std::string only_node_of(const ValueTree& service) {
  const ValueTree* deploy = service.member("deploy");
  const ValueTree* placement = deploy == nullptr ? nullptr : deploy->member("placement");
  const ValueTree* constraints = placement == nullptr ? nullptr : placement->member("constraints");
  for (std::size_t i = 0; constraints != nullptr && i < constraints->items.size(); ++i) {
    const std::string_view all = constraints->items[i].text;
    const auto sign = all.find("==");
    const std::string_view what = base::trim(all.substr(0, sign));
    const std::string_view node =
        sign == std::string_view::npos ? std::string_view() : base::trim(all.substr(sign + 2));
    const bool is_known = constraints->items[i].is_closed() && !node.empty();
    if (is_known && (what == "node.hostname" || what == "node.id")) {
      return std::string(node);
    }
  }
  return {};
}

}  // namespace outlast::import
