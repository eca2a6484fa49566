#include "import/secrets.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace outlast::import {
namespace {

/// Where secrets are found in attributes given as JSON, and what they are taken for.
std::vector<std::string> found_in(const std::string& attributes,
                                  const std::string& sensitive = "") {
  base::Sources sources;
  base::Diagnostics diagnostics;
  const auto read = [&](const std::string& text) {
    return base::parse_json(sources, sources.add("a.json", text, ""), diagnostics);
  };
  const auto values = read(attributes);
  const auto marks = read(sensitive.empty() ? "null" : sensitive);
  EXPECT_FALSE(diagnostics.has_errors()) << base::render(diagnostics, sources);
  std::vector<blueprint::SecretPlace> places;
  find_secrets(values->root(), marks->root(), {"x", {}, "/after"}, places);
  std::vector<std::string> found;
  for (const auto& place : places) {
    found.push_back(place.what + " at " + place.evidence.pointer);
  }
  return found;
}

using Found = std::vector<std::string>;

TEST(SecretNames, ArePasswordsKeysAndTokensInAnySpelling) {
  for (const char* name :
       {"password", "master_password", "DB_PASSWORD", "admin_passwd", "api_token", "token",
        "GITHUB_TOKEN", "auth_token", "API_KEY", "MAIL_API_KEY", "client_secret", "private_key",
        "secret_access_key", "connection_string", "primary_connection_string"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
}

TEST(SecretNames, WhatOnlySpeaksOfSecretsIsNone) {
  for (const char* name : {"name",
                           "get_password_data",
                           "manage_master_user_password",
                           "auth_token_update_strategy",
                           "auth_token_enabled",
                           "transit_encryption_auth_token_enabled",
                           "password_secret_arn",
                           "secret_string_version",
                           "password_wo",
                           "password_wo_version",
                           "master_password_wo",
                           "disable_password_authentication",
                           "require_password",
                           "http_tokens",
                           "next_token_ttl",
                           "password_reset_required",
                           "private_key_path",
                           "api_key_source",
                           "api_key_required",
                           "private_key_rotation_policy",
                           "token_validity_units",
                           "password_last_changed"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

TEST(SecretNames, AWordThatOnlyBeginsLikeAnExceptionIsNoException) {
  EXPECT_TRUE(is_secret_name("db_workers_password"));
  EXPECT_TRUE(is_secret_name("my_workspace_api_key"));
}

TEST(FindSecrets, TellsThePlaceAndNeverTheValue) {
  EXPECT_EQ(found_in(R"({"a": {"password": "hunter2"}})"), Found{"password at /after/a/password"});
}

TEST(FindSecrets, StepsOfAPlaceAreEscapedAsJsonPointersAre) {
  EXPECT_EQ(found_in(R"({"a/b~c": [{"password": "x"}]})"),
            Found{"password at /after/a~1b~0c/0/password"});
}

TEST(FindSecrets, WhatTheFormatMarksIsASecretWhateverItIsCalled) {
  EXPECT_EQ(found_in(R"({"blob": "x", "plain": "y"})", R"({"blob": true})"),
            Found{"blob at /after/blob"});
  EXPECT_EQ(found_in(R"({"list": [{"v": "x"}, {"v": "y"}]})", R"({"list": [{}, {"v": true}]})"),
            Found{"v at /after/list/1/v"});
}

TEST(FindSecrets, AMarkOfAWholeHoldsForAllInIt) {
  EXPECT_EQ(found_in(R"({"env": {"A": "x", "B": ["y"]}})", R"({"env": true})"),
            (Found{"A at /after/env/A", "B at /after/env/B/0"}));
}

TEST(FindSecrets, EmptyAndAbsentValuesAreNone) {
  EXPECT_EQ(found_in(R"({"password": "", "api_key": null, "token": [], "x": {"password": true}})",
                     R"({"password": true})"),
            Found{});
}

TEST(FindSecrets, AnAccessKeyIsKnownByItsLook) {
  EXPECT_EQ(found_in(R"({"user_data": "export K=AKIAIOSFODNN7EXAMPLE\n"})"),
            Found{"AWS access key at /after/user_data"});
  EXPECT_EQ(found_in(R"({"user_data": "AKIA is how keys begin, AKIAshort"})"), Found{});
}

TEST(FindSecrets, APrivateKeyIsKnownByItsLook) {
  EXPECT_EQ(found_in(R"({"x": "-----BEGIN RSA PRIVATE KEY-----\nabc"})"),
            Found{"private key at /after/x"});
  EXPECT_EQ(found_in(R"({"x": "-----BEGIN CERTIFICATE-----\nabc"})"), Found{});
}

TEST(FindSecrets, ItemsOfAListAreCalledLikeTheList) {
  EXPECT_EQ(found_in(R"({"api_key": ["a", "b"]})"),
            (Found{"api_key at /after/api_key/0", "api_key at /after/api_key/1"}));
}

TEST(FindSecrets, APointerToASecretStoreIsNoSecret) {
  EXPECT_EQ(found_in(R"({"password": "arn:aws:secretsmanager:us-east-1:1:secret:db",
                         "DB_PASSWORD": "{{resolve:secretsmanager:db}}"})"),
            Found{});
}

}  // namespace
}  // namespace outlast::import
