#include "base/host_names.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"

namespace outlast::base {
namespace {

constexpr int kLeastPort = 20;  // below are versions and counts: "redis:7"
constexpr int kMostPort = 65535;
constexpr std::size_t kLongestHost = 253;

bool ends_word(char c) {
  constexpr std::string_view kEnds = " \t\r\n\"'`,;=()[]{}<>|&$\\@!?*^%~+";
  return kEnds.find(c) != std::string_view::npos;
}

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int port_in(std::string_view text) {
  constexpr std::size_t kMostDigits = 5;
  text = text.substr(0, text.find('/'));
  if (!is_digits(text) || text.size() > kMostDigits) {
    return 0;
  }
  int port = 0;
  for (const char c : text) {
    port = port * 10 + (c - '0');
  }
  return port;
}

bool is_own_machine(std::string_view host) {
  constexpr std::array<std::string_view, 4> kOwn = {
      "localhost", "localhost.localdomain", "host.docker.internal", "kubernetes.docker.internal"};
  return std::find(kOwn.begin(), kOwn.end(), host) != kOwn.end();
}

class Scanner {
 public:
  std::vector<HostName> scan(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = begin;
      while (end < text.size() && !ends_word(text[end])) {
        ++end;
      }
      take(text.substr(begin, end - begin), text.substr(end));
      begin = end + 1;
    }
    return std::move(found_);
  }

 private:
  /// A word, and what stands behind it: a URL may go on with what ended the word, as in
  /// redis://user:password@host.
  void take(std::string_view word, std::string_view rest) {
    if (const auto scheme = word.rfind("://"); scheme != std::string_view::npos) {
      std::string_view after = word.substr(scheme + 3);
      const bool has_user = rest.starts_with("@") || rest.starts_with("$");
      is_url_open_ = has_user || after.empty();
      if (!has_user) {
        add_authority(after, HostName::Form::url);
      }
      return;
    }
    const bool goes_on = is_url_open_;
    is_url_open_ = false;
    const std::string_view authority = word.substr(0, word.find('/'));
    const auto colon = authority.rfind(':');
    const int port = colon == std::string_view::npos ? 0 : port_in(authority.substr(colon + 1));
    if (goes_on) {
      add_authority(authority, HostName::Form::url);
    } else if (port >= kLeastPort && port <= kMostPort) {
      add(authority.substr(0, colon), HostName::Form::with_port, port);
    } else if (colon == std::string_view::npos && authority.size() == word.size()) {
      add(word, HostName::Form::plain, 0);
    }
  }

  void add_authority(std::string_view authority, HostName::Form form) {
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const auto colon = authority.rfind(':');
    const int port = colon == std::string_view::npos ? 0 : port_in(authority.substr(colon + 1));
    add(authority.substr(0, colon), form, port);
  }

  void add(std::string_view word, HostName::Form form, int port) {
    while (!word.empty() && word.back() == '.') {
      word.remove_suffix(1);
    }
    if (!is_host_name(word)) {
      return;
    }
    std::string host = to_lower(word);
    const bool is_told = std::any_of(found_.begin(), found_.end(), [&](const HostName& known) {
      return known.host == host && known.form == form;
    });
    if (!is_told && !is_own_machine(host)) {
      found_.push_back({std::move(host), form, port});
    }
  }

  std::vector<HostName> found_;
  bool is_url_open_ = false;  ///< its host comes with the next word
};

/// "DB_HOST", "dbHost", "--db-host" → "db host".
std::string words_of(std::string_view name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool is_letter = std::isalnum(static_cast<unsigned char>(c)) != 0;
    const bool begins_word = std::isupper(static_cast<unsigned char>(c)) != 0 && i > 0 &&
                             std::islower(static_cast<unsigned char>(name[i - 1])) != 0;
    if ((!is_letter || begins_word) && !words.empty() && words.back() != ' ') {
      words += ' ';
    }
    if (is_letter) {
      words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return words;
}

}  // namespace

bool is_host_name(std::string_view word) {
  if (word.empty() || word.size() > kLongestHost || word.front() == '-' || word.front() == '.' ||
      word.back() == '-' || word.find("..") != std::string_view::npos) {
    return false;
  }
  bool has_letter = false;
  for (const char c : word) {
    const bool is_letter = std::isalpha(static_cast<unsigned char>(c)) != 0;
    const bool is_other = (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (!is_letter && !is_other) {
      return false;
    }
    has_letter = has_letter || is_letter;
  }
  return has_letter && !is_digits(word.substr(word.rfind('.') + 1));
}

std::vector<HostName> host_names_in(std::string_view text) {
  return Scanner().scan(text);
}

bool names_a_host(std::string_view setting) {
  constexpr std::array<std::string_view, 23> kHosts = {
      "host",    "hosts",   "hostname", "addr",      "address",   "addresses", "url",  "urls",
      "uri",     "server",  "servers",  "endpoint",  "endpoints", "service",   "svc",  "broker",
      "brokers", "backend", "upstream", "bootstrap", "dsn",       "peers",     "nodes"};
  // What follows says what of the host is meant: SERVICE_NAME, but DATABASE_HOST.
  constexpr std::array<std::string_view, 24> kOthers = {
      "name",    "user",    "username", "password", "database", "account",   "type",   "port",
      "key",     "method",  "mode",     "enabled",  "enable",   "path",      "file",   "dir",
      "version", "timeout", "protocol", "scheme",   "class",    "namespace", "region", "env"};
  constexpr std::array<std::string_view, 2> kItsOwn = {"bind", "listen"};
  const std::string words = words_of(setting);
  const auto all = split(words, ' ');
  const auto is_of = [](const auto& list) {
    return [&list](std::string_view word) {
      return std::find(list.begin(), list.end(), word) != list.end();
    };
  };
  const auto host = std::find_if(all.rbegin(), all.rend(), is_of(kHosts));
  return host != all.rend() && std::none_of(all.rbegin(), host, is_of(kOthers)) &&
         std::none_of(all.begin(), all.end(), is_of(kItsOwn));
}

std::vector<HostName> host_names_in_options(std::string_view text) {
  constexpr std::string_view kBetween = " \t\r\n\"'";
  constexpr std::string_view kOfJava = "-D";
  std::vector<HostName> all;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(kBetween), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto sign = word.find('=');
    if (!word.starts_with('-') || sign == std::string_view::npos) {
      continue;
    }
    const std::size_t prefix = word.starts_with(kOfJava) ? kOfJava.size() : 0;
    const std::string_view said = word.substr(sign + 1);
    if (!names_a_host(word.substr(prefix, sign - prefix))) {
      continue;
    }
    for (HostName& host : host_names_in(said)) {
      if (host.form == HostName::Form::plain && host.host.size() == said.size()) {
        all.push_back(std::move(host));
      }
    }
  }
  return all;
}

}  // namespace outlast::base
