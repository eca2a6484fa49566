#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

/// Ports that are nobody's of those who come to be served.
namespace outlast::catalog {

inline constexpr std::int64_t kRemoteDesktop = 3389;
inline constexpr auto kAdministrationPorts =
    std::to_array<std::int64_t>({22, kRemoteDesktop});  // SSH, RDP
/// SQL Server, Oracle, MySQL, PostgreSQL, Redis, Cassandra, Memcached, MongoDB.
inline constexpr auto kDatabasePorts =
    std::to_array<std::int64_t>({1433, 1521, 3306, 5432, 6379, 9042, 11211, 27017});
inline constexpr auto kSearchPorts = std::to_array<std::int64_t>({9200});  // Elasticsearch
/// Both of these.
inline constexpr auto kDataPorts = [] {
  std::array<std::int64_t, kDatabasePorts.size() + kSearchPorts.size()> all{};
  std::copy(kSearchPorts.begin(), kSearchPorts.end(),
            std::copy(kDatabasePorts.begin(), kDatabasePorts.end(), all.begin()));
  return all;
}();
/// DNS, NTP, SNMP, syslog, RADIUS, mDNS, the agent of Jaeger, StatsD.
inline constexpr auto kDatagramPorts =
    std::to_array<std::int64_t>({53, 123, 161, 162, 514, 1812, 1813, 5353, 6831, 6832, 8125});
inline constexpr auto kFilePorts = std::to_array<std::int64_t>({445, 2049});  // SMB, NFS

template <class... Ports>
[[nodiscard]] bool is_among(std::int64_t port, const Ports&... all) {
  return (... || (std::find(all.begin(), all.end(), port) != all.end()));
}

}  // namespace outlast::catalog
