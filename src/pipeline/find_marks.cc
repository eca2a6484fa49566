// What shows in the input itself: marks of the catalog's rules, and secrets.

#include <algorithm>
#include <map>

#include "base/text.h"
#include "pipeline/finders.h"

namespace outlast::pipeline {

using blueprint::ComponentId;
using findings::Finding;
using findings::Severity;
using findings::Words;

void find_marks(FindingMaker& maker) {
  const auto used = maker.on_a_path();
  for (const ComponentId id : base::ids<ComponentId>(maker.bp().components().size())) {
    for (const blueprint::Mark& mark : maker.bp()[id].marks) {
      if (findings::rule_named(mark.finding).goal == findings::Goal::security) {
        continue;  // `find_attacks` asks whether some way uses it
      }
      Words words;
      words.name = maker.bp()[id].name;
      words.cut = mark.about;
      Finding finding = maker.start(mark.finding, {id}, words);
      // Severities begin with the gravest.
      finding.severity = std::max(findings::rule_named(mark.finding).at_most,
                                  used.contains(id) ? Severity::medium : Severity::low);
      finding.evidence = {mark.evidence};
      finding.cut = {maker.bp()[id].id};
      maker.add(std::move(finding));
    }
  }
}

void find_secrets(FindingMaker& maker) {
  std::map<std::string, std::vector<const blueprint::SecretPlace*>> by_address;
  for (const blueprint::SecretPlace& secret : maker.bp().secrets()) {
    by_address[secret.evidence.address].push_back(&secret);
  }
  for (const auto& [address, places] : by_address) {
    std::vector<std::string> what;
    for (const auto* place : places) {
      if (std::find(what.begin(), what.end(), place->what) == what.end()) {
        what.push_back(place->what);
      }
    }
    Words words;
    words.name = address;
    words.cut = base::join_words(what);
    Finding finding = maker.start("secret_in_input", {}, words);
    finding.severity = Severity::medium;
    finding.components = {address};
    finding.cut = {address};
    for (const auto* place : places) {
      finding.evidence.push_back(place->evidence);
    }
    maker.add(std::move(finding));
  }
}

}  // namespace outlast::pipeline
