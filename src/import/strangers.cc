#include "import/strangers.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"

namespace outlast::import {

using base::Node;

namespace {

constexpr std::string_view kSupported =
    "supported are Terraform plans as JSON (terraform show -json PLAN), Terraform states, "
    "folders of Terraform files, CloudFormation templates, Kubernetes manifests, Compose files, "
    "traces (Jaeger, Zipkin, OpenTelemetry) and blueprints (outlast init)";
constexpr std::string_view kShowPlan = "write it as JSON: terraform show -json PLAN > plan.json";

constexpr Stranger kKustomization{"a kustomization, not what it makes",
                                  "give its output: kubectl kustomize FOLDER | outlast check -"};

constexpr Stranger kText{"a text for people", kSupported, false};

/// Manifests with lines that Helm fills in first.
bool is_helm_template(std::string_view text) {
  constexpr std::string_view kTelling[] = {".Values", ".Release", ".Chart", "include \""};
  const std::string_view begin = base::trim(text.substr(0, text.find('\n')));
  bool has_line = begin.starts_with("{{");
  for (std::size_t at = text.find('\n'); at != std::string_view::npos && !has_line;
       at = text.find('\n', at + 1)) {
    const auto first = text.find_first_not_of(" \t", at + 1);
    has_line = first != std::string_view::npos && text.substr(first).starts_with("{{");
  }
  const bool is_json = begin.starts_with("{") && !begin.starts_with("{{");
  return has_line && !is_json &&
         std::any_of(std::begin(kTelling), std::end(kTelling), [&](std::string_view word) {
           return text.find(word) != std::string_view::npos;
         });
}

}  // namespace

bool is_hcl(std::string_view text) {
  constexpr std::size_t kMostLines = 50;
  constexpr std::string_view kBlocks[] = {"resource \"", "module \"", "provider \"", "data \"",
                                          "variable \"", "output \"", "terraform {", "locals {"};
  for (std::size_t line = 0; line < kMostLines && !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view first = base::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const bool is_comment = first.empty() || first.front() == '#' || first.front() == '/';
    if (!is_comment) {
      return std::any_of(std::begin(kBlocks), std::end(kBlocks),
                         [&](std::string_view block) { return first.starts_with(block); });
    }
  }
  return false;
}

std::optional<Stranger> stranger_of_name(std::string_view path) {
  const std::string_view file = path.substr(path.rfind('/') + 1);
  if (file == "kustomization.yaml" || file == "kustomization.yml") {
    return kKustomization;
  }
  if (file.ends_with(".md")) {
    return kText;
  }
  return std::nullopt;
}

std::optional<Stranger> stranger_of_bytes(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04")) {
    return Stranger{"a plan as Terraform keeps it", kShowPlan};
  }
  if (bytes.starts_with("{\"@level\"")) {
    return Stranger{"the log of terraform plan -json",
                    "terraform plan -out PLAN && terraform show -json PLAN > plan.json"};
  }
  if (is_helm_template(bytes)) {
    return Stranger{"a template of a Helm chart",
                    "render it: helm template CHART | outlast check -"};
  }
  return std::nullopt;
}

Stranger stranger_of_tree(Node root) {
  const auto has = [&](std::string_view key) { return root[key].exists(); };
  if (has("format_version")) {
    return {"a Terraform state or plan without resources",
            "was it written in the folder of the configuration, and of its workspace?"};
  }
  if (has("AWSTemplateFormatVersion")) {
    return {"a CloudFormation template without resources", "is it the whole template?"};
  }
  if (root["kind"].text() == "Kustomization" || has("kustomize.config.k8s.io")) {
    return kKustomization;
  }
  if (root["data"].is(base::NodeKind::list) && root["data"].size() == 0 && has("errors")) {
    return {"an answer of Jaeger without traces", "ask it for a longer time, or another service"};
  }
  if (has("components") || has("journeys") || has("objectives")) {
    return {"no blueprint, for it does not say which version of the format it is in",
            "write `outlast: 1` as its first line"};
  }
  return {"of no supported format", kSupported, false};
}

void PassedOver::add(const std::string& path, const Stranger& stranger) {
  if (stranger.is_known) {
    found_[stranger.what].first = stranger;
    found_[stranger.what].second.push_back(path);
  }
}

void PassedOver::tell(base::Diagnostics& diagnostics) const {
  for (const auto& [what, found] : found_) {
    const auto& [stranger, paths] = found;
    diagnostics.warning("OUT-E1007", {},
                        fmt::format("not read: {}, {} {}", base::join_words(paths),
                                    paths.size() == 1 ? "which is" : "each", stranger.what),
                        std::string(stranger.instead));
  }
}

std::string lines_as_list(std::string text) {
  constexpr std::size_t kTellingPart = 400;
  const std::string_view begin = std::string_view(text).substr(0, kTellingPart);
  const std::string_view trimmed = base::trim(begin);
  if (!trimmed.starts_with('{') || trimmed.find("\"resourceSpans\"") == std::string_view::npos) {
    return text;
  }
  std::string list = "[";
  std::size_t exports = 0;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::string_view content = base::trim(line);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (!content.empty()) {
      if (!content.starts_with('{') || !content.ends_with('}')) {
        return text;  // one export over many lines
      }
      list += exports++ > 0 ? "," : "";
      list += line;
    }
    list += '\n';
  }
  list += "]";
  return exports > 1 ? list : text;
}

}  // namespace outlast::import
