#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

/// Resources written as Terraform would: as a plan, and as a state of each kind.
namespace outlast::support {

/// A value of a configuration.
struct Given {
  enum Kind { scalar, reference, list, block } kind = scalar;
  std::string text = {};  ///< of a scalar as JSON; of a reference "aws_subnet.a[0].id"
  std::vector<Given> items = {};
  std::vector<std::pair<std::string, Given>> members = {};
};
using Members = std::vector<std::pair<std::string, Given>>;

inline Given text(const std::string& value) {
  return {Given::scalar, '"' + value + '"'};
}
inline Given bare(const std::string& value) {
  return {Given::scalar, value};
}
inline Given refer(const std::string& to) {
  return {Given::reference, to};
}
inline Given list(std::vector<Given> items) {
  return {Given::list, "", std::move(items)};
}
inline Given block(Members members) {
  return {Given::block, "", {}, std::move(members)};
}

struct Resource {
  std::string type;
  std::string name;
  int index;  ///< -1: no count
  Members given;
  Members computed = {};  ///< chosen by the provider, and what states hold where nothing was given

  [[nodiscard]] std::string declared() const { return type + "." + name; }
  [[nodiscard]] std::string address() const {
    return declared() + (index < 0 ? "" : fmt::format("[{}]", index));
  }
  [[nodiscard]] std::string id() const { return fmt::format("{}-{}-{}", type, name, index + 1); }
  [[nodiscard]] std::string arn() const {
    return fmt::format("arn:aws:service:eu-west-1:123456789012:{}", id());
  }
};

/// "a.b[0].id" → "a.b[0]" and "id".
inline std::pair<std::string, std::string> taken_apart(const std::string& reference) {
  const auto dot = reference.rfind('.');
  return {reference.substr(0, dot), reference.substr(dot + 1)};
}

class TerraformWriter {
 public:
  explicit TerraformWriter(std::vector<Resource> all) : all_(std::move(all)) {
    for (Resource& resource : all_) {
      resource.computed.insert(resource.computed.begin(),
                               {{"id", text(resource.id())}, {"arn", text(resource.arn())}});
    }
  }

  [[nodiscard]] std::string plan() const {
    std::string changes;
    std::string configured;
    std::map<std::string, bool> is_configured;
    for (const Resource& r : all_) {
      std::string after;
      std::string unknown;
      std::string expressions;
      for (const auto& [key, given] : r.given) {
        append_pair(expressions, key, expression(given, r.index));
        if (refers(given) && given.kind != Given::block) {
          append_pair(unknown, key, "true");
        } else {
          append_pair(after, key, known_of(given));
          append_pair(unknown, key, unknown_of(given));
        }
      }
      for (const auto& [key, computed] : r.computed) {
        append_pair(unknown, key, "true");
      }
      append(changes, fmt::format(R"({{"address": "{}", "mode": "managed", "type": "{}",
          "change": {{"actions": ["create"], "before": null, "after": {{{}}},
                      "after_unknown": {{{}}}}}}})",
                                  r.address(), r.type, after, unknown));
      if (!std::exchange(is_configured[r.declared()], true)) {
        append(configured, fmt::format(R"({{"mode": "managed", "type": "{}", "name": "{}",
            "provider_config_key": "aws", "expressions": {{{}}}}})",
                                       r.type, r.name, expressions));
      }
    }
    return fmt::format(R"({{"format_version": "1.2", "resource_changes": [{}], "configuration": {{
        "provider_config": {{"aws": {{"name": "aws",
          "expressions": {{"region": {{"constant_value": "eu-west-1"}}}}}}}},
        "root_module": {{"resources": [{}]}}}}}})",
                       changes, configured);
  }

  [[nodiscard]] std::string shown_state() const {
    std::string resources;
    for (const Resource& r : all_) {
      append(resources, fmt::format(R"({{"address": "{}", "mode": "managed", "type": "{}",
          "provider_name": "registry.terraform.io/hashicorp/aws", "values": {{{}}},
          "depends_on": [{}]}})",
                                    r.address(), r.type, attributes_of(r), dependencies_of(r)));
    }
    return fmt::format(
        R"({{"format_version": "1.0", "values": {{"root_module": {{"resources": [{}]}}}}}})",
        resources);
  }

  [[nodiscard]] std::string state_4() const {
    std::string resources;
    for (const Resource& r : all_) {
      std::string instances;
      for (const Resource& one : all_) {
        if (one.declared() == r.declared()) {
          append(instances,
                 fmt::format(R"({{{}"attributes": {{{}}}, "dependencies": [{}]}})",
                             one.index < 0 ? "" : fmt::format("\"index_key\": {}, ", one.index),
                             attributes_of(one), dependencies_of(one)));
        }
      }
      if (r.index <= 0) {
        append(resources, fmt::format(R"({{"mode": "managed", "type": "{}", "name": "{}",
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [{}]}})",
                                      r.type, r.name, instances));
      }
    }
    return fmt::format(R"({{"version": 4, "serial": 1, "lineage": "l", "resources": [{}]}})",
                       resources);
  }

  [[nodiscard]] std::string state_3() const {
    std::string resources;
    for (const Resource& r : all_) {
      std::string flat;
      for (const Members& members : {r.given, r.computed}) {
        for (const auto& [key, given] : members) {
          flatten(given, key, flat);
        }
      }
      append_pair(resources, r.declared() + (r.index < 0 ? "" : fmt::format(".{}", r.index)),
                  fmt::format(R"({{"type": "{}", "depends_on": [{}], "provider": "provider.aws",
                                   "primary": {{"id": "{}", "attributes": {{{}}}}}}})",
                              r.type, dependencies_of(r), r.id(), flat));
    }
    return fmt::format(R"({{"version": 3, "serial": 1, "lineage": "l",
                            "modules": [{{"path": ["root"], "resources": {{{}}}}}]}})",
                       resources);
  }

 private:
  static void append(std::string& out, const std::string& item) {
    out += (out.empty() ? "" : ",\n") + item;
  }
  static void append_pair(std::string& out, const std::string& key, const std::string& value) {
    append(out, '"' + key + "\": " + value);
  }

  static bool refers(const Given& given) {
    bool found = given.kind == Given::reference;
    for (const Given& item : given.items) {
      found = found || refers(item);
    }
    for (const auto& [key, member] : given.members) {
      found = found || refers(member);
    }
    return found;
  }

  /// What a plan writes under `after`: references are not known yet.
  static std::string known_of(const Given& given) {
    std::string out;
    for (const Given& item : given.items) {
      append(out, known_of(item));
    }
    for (const auto& [key, member] : given.members) {
      if (!refers(member)) {
        append_pair(out, key, known_of(member));
      }
    }
    return given.kind == Given::list    ? '[' + out + ']'
           : given.kind == Given::block ? "[{" + out + "}]"
                                        : given.text;
  }

  static std::string unknown_of(const Given& given) {
    std::string out;
    for (const auto& [key, member] : given.members) {
      append_pair(out, key, refers(member) ? "true" : unknown_of(member));
    }
    return given.kind == Given::block ? "[{" + out + "}]" : "false";
  }

  /// What a plan writes in the configuration of a resource of which `index` is one instance.
  static std::string expression(const Given& given, int index) {
    std::string out;
    if (given.kind == Given::block) {
      for (const auto& [key, member] : given.members) {
        append_pair(out, key, expression(member, index));
      }
      return "[{" + out + "}]";
    }
    collect_references(given, index, out);
    return out.empty() ? R"({"constant_value": )" + known_of(given) + '}'
                       : R"({"references": [)" + out + "]}";
  }

  static void collect_references(const Given& given, int index, std::string& out) {
    if (given.kind == Given::reference) {
      const std::string address = taken_apart(given.text).first;
      const auto bracket = address.find('[');
      if (index >= 0 && bracket != std::string::npos) {
        append(out, '"' + address.substr(0, bracket) + "\", \"count.index\"");
      } else {
        append(out, '"' + given.text + "\", \"" + address + '"');
      }
    }
    for (const Given& item : given.items) {
      collect_references(item, index, out);
    }
  }

  /// What a reference will have become, as JSON.
  [[nodiscard]] std::string value_of(const std::string& reference) const {
    const auto [address, attribute] = taken_apart(reference);
    for (const Resource& r : all_) {
      for (const Members& members : {r.given, r.computed}) {
        for (const auto& [key, given] : members) {
          if (r.address() == address && key == attribute) {
            return given.text;
          }
        }
      }
    }
    ADD_FAILURE() << "nothing is called " << reference;
    return "null";
  }

  /// What a state writes.
  [[nodiscard]] std::string applied(const Given& given) const {
    std::string out;
    for (const Given& item : given.items) {
      append(out, applied(item));
    }
    for (const auto& [key, member] : given.members) {
      append_pair(out, key, applied(member));
    }
    return given.kind == Given::list        ? '[' + out + ']'
           : given.kind == Given::block     ? "[{" + out + "}]"
           : given.kind == Given::reference ? value_of(given.text)
                                            : given.text;
  }

  [[nodiscard]] std::string attributes_of(const Resource& r) const {
    std::string out;
    for (const Members& members : {r.given, r.computed}) {
      for (const auto& [key, given] : members) {
        append_pair(out, key, applied(given));
      }
    }
    return out;
  }

  void flatten(const Given& given, const std::string& path, std::string& out) const {
    if (given.kind == Given::list) {
      append_pair(out, path + ".#", fmt::format("\"{}\"", given.items.size()));
      for (std::size_t i = 0; i < given.items.size(); ++i) {
        flatten(given.items[i], fmt::format("{}.{}", path, 1000 + i), out);
      }
    } else if (given.kind == Given::block) {
      append_pair(out, path + ".#", "\"1\"");
      for (const auto& [key, member] : given.members) {
        flatten(member, path + ".482069346." + key, out);
      }
    } else {
      const std::string value = applied(given);
      append_pair(out, path, value.front() == '"' ? value : '"' + value + '"');
    }
  }

  /// Names of the configured resources that a resource refers to.
  static std::string dependencies_of(const Resource& r) {
    std::map<std::string, bool> names;
    const auto visit = [&](const auto& self, const Given& given) -> void {
      if (given.kind == Given::reference) {
        const std::string address = taken_apart(given.text).first;
        names[address.substr(0, address.find('['))] = true;
      }
      for (const Given& item : given.items) {
        self(self, item);
      }
      for (const auto& [key, member] : given.members) {
        self(self, member);
      }
    };
    for (const auto& [key, given] : r.given) {
      visit(visit, given);
    }
    std::string out;
    for (const auto& [name, is_named] : names) {
      append(out, '"' + name + '"');
    }
    return out;
  }

  std::vector<Resource> all_;
};

}  // namespace outlast::support
