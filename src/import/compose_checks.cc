#include "import/compose_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/text.h"

namespace outlast::import {

namespace {

using Named = std::map<std::string, ValueTree>;

constexpr std::string_view kConditions[] = {"service_started", "service_healthy",
                                            "service_completed_successfully"};
constexpr std::string_view kRestarts[] = {"no", "always", "on-failure", "unless-stopped"};
constexpr std::string_view kSwarmRestarts[] = {"none", "on-failure", "any"};
constexpr std::string_view kModes[] = {"replicated", "global", "replicated-job", "global-job"};

/// What a service may say (Compose specification, services, 2025), and what older versions let it.
constexpr std::string_view kServiceKeys[] = {"annotations",
                                             "attach",
                                             "blkio_config",
                                             "build",
                                             "cap_add",
                                             "cap_drop",
                                             "cgroup",
                                             "cgroup_parent",
                                             "command",
                                             "configs",
                                             "container_name",
                                             "cpu_count",
                                             "cpu_percent",
                                             "cpu_period",
                                             "cpu_quota",
                                             "cpu_rt_period",
                                             "cpu_rt_runtime",
                                             "cpu_shares",
                                             "cpus",
                                             "cpuset",
                                             "credential_spec",
                                             "depends_on",
                                             "deploy",
                                             "develop",
                                             "device_cgroup_rules",
                                             "devices",
                                             "dns",
                                             "dns_opt",
                                             "dns_search",
                                             "domainname",
                                             "driver_opts",
                                             "entrypoint",
                                             "env_file",
                                             "environment",
                                             "expose",
                                             "extends",
                                             "external_links",
                                             "extra_hosts",
                                             "gpus",
                                             "group_add",
                                             "healthcheck",
                                             "hostname",
                                             "image",
                                             "init",
                                             "ipc",
                                             "isolation",
                                             "label_file",
                                             "labels",
                                             "links",
                                             "logging",
                                             "mac_address",
                                             "mem_limit",
                                             "mem_reservation",
                                             "mem_swappiness",
                                             "memswap_limit",
                                             "models",
                                             "network_mode",
                                             "networks",
                                             "oom_kill_disable",
                                             "oom_score_adj",
                                             "pid",
                                             "pids_limit",
                                             "platform",
                                             "ports",
                                             "post_start",
                                             "pre_start",
                                             "pre_stop",
                                             "privileged",
                                             "profiles",
                                             "provider",
                                             "pull_policy",
                                             "pull_refresh_after",
                                             "read_only",
                                             "restart",
                                             "runtime",
                                             "scale",
                                             "secrets",
                                             "security_opt",
                                             "shm_size",
                                             "stdin_open",
                                             "stop_grace_period",
                                             "stop_signal",
                                             "storage_opt",
                                             "sysctls",
                                             "tmpfs",
                                             "tty",
                                             "ulimits",
                                             "use_api_socket",
                                             "user",
                                             "userns_mode",
                                             "uts",
                                             "volume_driver",
                                             "volumes",
                                             "volumes_from",
                                             "working_dir",
                                             "dockerfile",
                                             "log_driver",
                                             "log_opt",
                                             "net"};

/// Whom a service waits for before it starts, and where that is written.
struct Wait {
  std::string name;
  base::Span span;
  bool is_optional = false;
};

bool says_false(const ValueTree* value) {
  return value != nullptr && value->text == "false";
}

std::vector<Wait> waits_of(const ValueTree& service) {
  std::vector<Wait> waits;
  if (const ValueTree* needs = service.member("depends_on")) {
    for (const auto& [name, how] : needs->members) {
      waits.push_back({name, how.span, says_false(how.member("required"))});
    }
  }
  const ValueTree* links = service.member("links");
  for (std::size_t i = 0; links != nullptr && i < links->items.size(); ++i) {
    const ValueTree& link = links->items[i];
    waits.push_back({link.text.substr(0, link.text.find(':')), link.span});
  }
  for (const std::string_view key : {"network_mode", "ipc", "pid"}) {
    constexpr std::string_view kOfService = "service:";
    const ValueTree* mode = service.member(key);
    if (mode != nullptr && mode->text.starts_with(kOfService)) {
      waits.push_back({mode->text.substr(kOfService.size()), mode->span});
    }
  }
  return waits;
}

class ComposeChecker {
 public:
  ComposeChecker(const ComposeProject& project, Desk& desk)
      : project_(project), services_(project.services), desk_(desk) {}

  void check_words(const ValueTree& service) {
    if (const ValueTree* needs = service.member("depends_on")) {
      for (const auto& [name, how] : needs->members) {
        check_word(how.member("condition"), "condition", kConditions);
      }
    }
    check_word(service.member("restart"), "restart policy", kRestarts);
    if (const ValueTree* deploy = service.member("deploy")) {
      check_word(deploy->member("mode"), "mode", kModes);
      if (const ValueTree* policy = deploy->member("restart_policy")) {
        check_word(policy->member("condition"), "restart policy", kSwarmRestarts);
      }
    }
  }

  /// Compose refuses what it does not know; a word that is only misspelt says nothing here, either.
  void check_keys(const ValueTree& service) {
    for (const auto& [key, value] : service.members) {
      const bool is_known = std::find(std::begin(kServiceKeys), std::end(kServiceKeys), key) !=
                                std::end(kServiceKeys) ||
                            key.starts_with("x-") || key.starts_with('!');
      if (!is_known && !project_.files.empty()) {
        desk_.diagnostics.warning("OUT-E1611", value.span,
                                  fmt::format("a service has no {}: it is left out", key),
                                  base::suggest(key, kServiceKeys));
      }
    }
  }

  void check_names(const ValueTree& service) {
    for (const Wait& wait : waits_of(service)) {
      if (!wait.is_optional) {
        check_name("service", wait.name, services_, wait.span);
      }
    }
    if (project_.files.empty()) {
      return;  // containers of another format, whose networks and volumes are no part of a project
    }
    const ValueTree* networks = service.member("networks");
    for (std::size_t i = 0; networks != nullptr && i < networks->members.size(); ++i) {
      const auto& [name, how] = networks->members[i];
      if (name != "default") {  // which is there without being declared
        check_name("network", name, project_.networks, how.span);
      }
    }
    const ValueTree* volumes = service.member("volumes");
    for (std::size_t i = 0; volumes != nullptr && i < volumes->items.size(); ++i) {
      check_volume(volumes->items[i]);
    }
    check_handed(service.member("secrets"), "secret", project_.secrets);
    check_handed(service.member("configs"), "config", project_.configs);
  }

  /// Follows whom a service waits for; one circle is told once, from the first of it by name.
  void find_circles() {
    for (const auto& [name, service] : services_) {
      follow(name);
    }
  }

 private:
  void check_name(std::string_view what, const std::string& name, const Named& declared,
                  base::Span span) {
    if (declared.contains(name)) {
      return;
    }
    std::vector<std::string_view> known;
    for (const auto& [other, how] : declared) {
      known.push_back(other);
    }
    desk_.diagnostics.error(
        "OUT-E1605", span, fmt::format("there is no {} {}", what, name),
        known.empty() ? fmt::format("declare it under {}s", what) : base::suggest(name, known));
  }

  /// Secrets and configs, by name or in the long form.
  void check_handed(const ValueTree* listed, std::string_view what, const Named& declared) {
    for (std::size_t i = 0; listed != nullptr && i < listed->items.size(); ++i) {
      const ValueTree& item = listed->items[i];
      const ValueTree* source = item.is_text() ? &item : item.member("source");
      if (source != nullptr && source->is_text() && source->is_closed() && !source->text.empty()) {
        check_name(what, source->text, declared, source->span);
      }
    }
  }

  /// A single letter is the drive of a path on Windows.
  void check_volume(const ValueTree& volume) {
    const ValueTree* type = volume.member("type");
    const ValueTree* source = volume.member("source");
    if (type != nullptr && type->text == "volume" && source != nullptr && source->is_closed() &&
        source->text.size() > 1) {
      check_name("volume", source->text, project_.volumes, volume.span);
    }
  }

  /// "on-failure:3" says how often; a `no` that YAML takes as false means no.
  void check_word(const ValueTree* value, std::string_view what,
                  std::span<const std::string_view> known) {
    if (value == nullptr || !value->is_text() || !value->is_closed() || value->text.empty()) {
      return;
    }
    const std::string_view text = value->text;
    const std::string_view word = text.substr(0, text.find(':'));
    const bool is_known = std::find(known.begin(), known.end(), word) != known.end() ||
                          (text == "false" && known.front() == "no");
    if (!is_known) {
      desk_.diagnostics.error("OUT-E1608", value->span,
                              fmt::format("there is no {} {}", what, text),
                              base::suggest(text, known));
    }
  }

  void follow(const std::string& first) {
    struct Open {
      std::string name;
      std::vector<Wait> waits;
      std::size_t next = 0;
    };
    std::vector<Open> way;
    const auto enter = [&](const std::string& name) {
      const auto service = services_.find(name);
      if (service != services_.end() && done_.insert(name).second) {
        way.push_back({name, waits_of(service->second)});
      }
    };
    enter(first);
    while (!way.empty()) {
      if (way.back().next == way.back().waits.size()) {
        way.pop_back();
        continue;
      }
      const Wait wait = way.back().waits[way.back().next++];
      const auto before = std::find_if(way.begin(), way.end(),
                                       [&](const Open& open) { return open.name == wait.name; });
      if (before == way.end()) {
        enter(wait.name);
        continue;
      }
      std::string circle;
      for (auto at = before; at != way.end(); ++at) {
        circle += at->name + " → ";
      }
      desk_.diagnostics.error(
          "OUT-E1609", wait.span,
          fmt::format("services wait for each other to start: {}{}", circle, wait.name),
          "leave out one of them: Compose refuses to start any");
    }
  }

  const ComposeProject& project_;
  const Named& services_;
  Desk& desk_;
  std::set<std::string> done_;
};

}  // namespace

void check_compose(const ComposeProject& project, bool is_swarm, Desk& desk) {
  ComposeChecker checker(project, desk);
  for (const auto& [name, service] : project.services) {
    checker.check_words(service);
    checker.check_keys(service);
    checker.check_names(service);
  }
  if (!is_swarm) {  // a swarm starts all at once, in no order
    checker.find_circles();
  }
}

}  // namespace outlast::import
