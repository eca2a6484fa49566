#pragma once

#include <algorithm>
#include <string>

#include "incidents/archive.h"
#include "replay/replay.h"
#include "support/make_blueprint.h"

namespace outlast::support {

inline constexpr double kMinute = 60;
inline constexpr double kHour = 3600;

inline const incidents::Incident& incident(const std::string& id) {
  const incidents::Incident* found = incidents::find_incident(id);
  EXPECT_NE(found, nullptr) << id;
  return *found;
}

inline const incidents::Phase& phase_of(const incidents::Incident& incident,
                                        const std::string& id) {
  const auto found = std::find_if(incident.phases.begin(), incident.phases.end(),
                                  [&](const auto& phase) { return phase.id == id; });
  EXPECT_NE(found, incident.phases.end()) << id;
  return *found;
}

/// What an incident does to a blueprint's text.
inline findings::Replay replayed(const incidents::Incident& incident, const std::string& yaml,
                                 const replay::ReplayOptions& options = {}) {
  const auto bp = make_blueprint(yaml);
  return replay::replay_of(bp, catalog::Catalog::built_in(), failure::Dependence(bp), incident,
                           incidents::roles(), options);
}

inline findings::Replay replayed(const std::string& id, const std::string& yaml,
                                 const replay::ReplayOptions& options = {}) {
  return replayed(incident(id), yaml, options);
}

/// A shop whose web tier calls a database of the provider's; `need` says how.
inline std::string shop(const std::string& need, const std::string& web = "zones: [a]",
                        const std::string& objectives = "{}") {
  return "outlast: 1\nobjectives: " + objectives +
         "\njourneys: {buy: {enters: web}}\ncomponents:\n"
         "  web: {type: aws.ec2, region: us-east-1, " +
         web + ", needs: [" + need +
         "]}\n"
         "  table: {type: aws.dynamodb, region: us-east-1}\n"
         "  users: {type: aws.cognito, region: us-east-1}\n"
         "  workers: {type: aws.ec2, region: us-east-1, zones: [a, b], replicas: 2}\n";
}

/// A site behind an edge with these traits.
inline std::string site(const std::string& traits) {
  return "outlast: 1\njourneys: {read: {enters: edge}}\ncomponents:\n"
         "  edge: {type: cloudflare.cdn, traits: {" +
         traits +
         "}, needs: [web]}\n"
         "  web: {type: aws.ec2, region: eu-west-1, zones: [a]}\n";
}

/// The same with a second edge behind names of another provider.
inline std::string site_with_second_edge(const std::string& detect, const std::string& takes) {
  return "outlast: 1\njourneys: {read: {enters: site}}\ncomponents:\n"
         "  site: {type: aws.route53, needs: [{any_of: [edge, other], at_least: 1, via: names, "
         "detect: " +
         detect + ", takes: " + takes +
         "}]}\n"
         "  names: {type: aws.route53}\n"
         "  edge: {type: cloudflare.cdn, traits: {proxy: new, bot_management: true}, needs: "
         "[web]}\n"
         "  other: {type: aws.cloudfront, needs: [web]}\n"
         "  web: {type: aws.ec2, region: eu-west-1, zones: [a]}\n";
}

}  // namespace outlast::support
