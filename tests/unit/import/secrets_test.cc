#include "import/secrets.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "import/secret_shapes.h"
#include "unit/import/plan_text.h"
#include "unit/import/reading.h"

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
  for (const char* name : {"password",          "master_password",   "DB_PASSWORD",
                           "admin_passwd",      "api_token",         "token",
                           "GITHUB_TOKEN",      "auth_token",        "API_KEY",
                           "MAIL_API_KEY",      "client_secret",     "private_key",
                           "secret_access_key", "connection_string", "primary_connection_string",
                           "dbPassword",        "clientSecret",      "accessToken",
                           "api-key",           "JWT_SECRET",        "API_SECRET",
                           "passphrase"}) {
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
                           "MYSQL_ALLOW_EMPTY_PASSWORD",
                           "API_KEY_HEADER",
                           "PASSWORD_SECRET",
                           "http_tokens",
                           "next_token_ttl",
                           "password_reset_required",
                           "private_key_path",
                           "api_key_source",
                           "api_key_required",
                           "private_key_rotation_policy",
                           "token_validity_units",
                           "password_last_changed",
                           "creation_token",
                           "client_token",
                           "clientRequestToken",
                           "idempotency_token",
                           "secretKeyRef",
                           "password_key",
                           "password_encryption"}) {
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

TEST(FindSecrets, DigitsCanBeAPasswordAndAShortNumberIsASetting) {
  EXPECT_EQ(found_in(R"({"master_password": 12345678})"),
            (Found{"master_password at /after/master_password"}));
  EXPECT_TRUE(found_in(R"({"password": 16, "port": 12345678})").empty());
}

TEST(FindSecrets, AManifestThatSaysWhereASecretIsKeptHoldsNone) {
  const std::string manifest = R"({"manifest": {"apiVersion": "v1", "kind": "KIND", "spec":
    {"data": [{"secretKey": "password", "password": "prod/shop"}]}}})";
  const auto of_kind = [&](const std::string& kind) {
    std::string text = manifest;
    return found_in(text.replace(text.find("KIND"), 4, kind));
  };
  EXPECT_FALSE(of_kind("Secret").empty());
  EXPECT_TRUE(of_kind("ExternalSecret").empty());
  EXPECT_TRUE(of_kind("SecretStore").empty());
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

/// A text as it stands in JSON.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    out += c == '\n' ? "\\n" : c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return out + "\"";
}

Found found_in_text(const std::string& name, const std::string& text) {
  return found_in("{\"" + name + "\": " + quoted(text) + "}");
}

TEST(FindSecrets, ASecureParameterIsOneWhateverItIsCalled) {
  EXPECT_EQ(found_in(R"({"name": "/app/db", "type": "SecureString", "value": "hunter2"})"),
            Found{"value at /after/value"});
  EXPECT_EQ(found_in(R"({"name": "/app/db", "type": "String", "value": "hunter2"})"), Found{});
}

TEST(FindSecrets, AValueIsCalledLikeTheNameBesideIt) {
  EXPECT_EQ(found_in(R"({"env": [{"name": "DB_PASSWORD", "value": "x"},
                                 {"name": "DB_HOST", "value": "x"},
                                 {"name": "API_KEY", "valueFrom": "x"},
                                 {"name": "API_KEY", "type": "PARAMETER_STORE", "value": "/x"}]})"),
            Found{"DB_PASSWORD at /after/env/0/value"});
}

TEST(FindSecrets, TextsOfJsonAreLookedInto) {
  EXPECT_EQ(found_in_text("container_definitions",
                          R"([{"name": "app", "environment": [
                               {"name": "DB_PASSWORD", "value": "changeme"},
                               {"name": "DB_URL", "value": "postgres://app:pw@db/app"},
                               {"name": "STRIPE", "value": "sk_live_0123456789abcdef"},
                               {"name": "TOKEN", "value": ""},
                               {"name": "HOST", "value": "https://x.example/"}],
                             "secrets": [{"name": "API_KEY", "valueFrom": "/app/key"}]}])"),
            (Found{"DB_PASSWORD at /after/container_definitions",
                   "password in a URL at /after/container_definitions",
                   "Stripe key at /after/container_definitions"}));
}

TEST(FindSecrets, ScriptsAreLookedInto) {
  const std::string script =
      "#!/bin/sh\n"
      "# PASSWORD=example\n"
      "export DB_PASSWORD='hunter2'\n"
      "API_TOKEN=abc123\n"
      "export AUTH_TOKEN=$(aws ssm get-parameter --name x)\n"
      "PASSWORD_FILE=/run/x\n"
      "ADMIN_PASSWORD=${from_vault}\n"
      "docker run -e CLIENT_SECRET=s3cr3t app --api-key=k1\n";
  EXPECT_EQ(found_in_text("user_data", script),
            (Found{"DB_PASSWORD at /after/user_data", "API_TOKEN at /after/user_data",
                   "CLIENT_SECRET at /after/user_data", "api-key at /after/user_data"}));
  EXPECT_EQ(found_in_text("user_data", "DB_PASSWORD=x"), Found{"DB_PASSWORD at /after/user_data"});
}

TEST(FindSecrets, ScriptsInBase64AreLookedInto) {
  // #!/bin/sh, export DB_PASSWORD=hunter2
  const std::string base64 = "IyEvYmluL3NoCmV4cG9ydCBEQl9QQVNTV09SRD1odW50ZXIyCg==";
  EXPECT_EQ(found_in_text("user_data", base64), Found{"DB_PASSWORD at /after/user_data"});
  EXPECT_EQ(found_in_text("user_data_base64", base64),
            Found{"DB_PASSWORD at /after/user_data_base64"});
  EXPECT_EQ(found_in_text("user_data", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), Found{});
}

TEST(FindSecrets, TokensOfKnownIssuersAreKnownByTheirLookAnywhere) {
  const std::string letters = "0123456789abcdefghijklmnopqrstuvwxyz";
  EXPECT_EQ(found_in_text("x", "ghp_" + letters), Found{"GitHub token at /after/x"});
  EXPECT_EQ(found_in_text("x", "a glpat-" + letters), Found{"GitLab token at /after/x"});
  EXPECT_EQ(found_in_text("x", "xoxb-1234567890-abc"), Found{"Slack token at /after/x"});
  EXPECT_EQ(found_in_text("x", "ASIAIOSFODNN7EXAMPLE"), Found{"AWS access key at /after/x"});
  EXPECT_EQ(found_in_text("x", "ghp_short sk_live_ npm_install_is_a_script_of_some_length_too"),
            Found{});
  EXPECT_EQ(found_in_text("x", "xghp_" + letters), Found{});
}

TEST(FindSecrets, APasswordInAUrlIsOneUnlessItIsFilledInLater) {
  EXPECT_EQ(found_in_text("x", "amqp://user:pw@mq:5671/"), Found{"password in a URL at /after/x"});
  for (const char* url :
       {"https://host:8080/a@b", "amqp://user@mq/", "amqp://user:@mq/",
        "amqp://user:${password}@mq/", "amqp://user:***@mq/", "amqp://<user>:<password>@mq/"}) {
    EXPECT_EQ(found_in_text("x", url), Found{}) << url;
  }
}

TEST(FindSecrets, WhatIsHiddenOrFilledInLaterIsNone) {
  for (const char* value :
       {"***", "${var.password}", "<password>", "$DB_PASSWORD", "{{ password }}"}) {
    EXPECT_EQ(found_in_text("password", value), Found{}) << value;
  }
  EXPECT_EQ(found_in_text("password", "changeme"), Found{"password at /after/password"});
}

TEST(FindSecrets, AManifestThatSaysWhereASecretIsKeptIsNoneThoughMarked) {
  const auto marked = [](const std::string& manifest) {
    return found_in("{\"yaml_body\": " + quoted(manifest) + "}", R"({"yaml_body": true})");
  };
  EXPECT_EQ(marked("apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nspec: {}\n"),
            Found{});
  EXPECT_EQ(marked("apiVersion: external-secrets.io/v1\nkind: SecretStore\nspec: {}\n"), Found{});
  EXPECT_EQ(marked("\"apiVersion\": \"v1\"\n\"kind\": \"SecretStore\"\n\"spec\": {}\n"), Found{})
      << "as encoders quote keys";
  EXPECT_EQ(marked("\"apiVersion\": \"v1\"\n\"kind\": \"Secret\"\n\"data\": {\"a\": \"Yg==\"}\n"),
            Found{"yaml_body at /after/yaml_body"});
  EXPECT_EQ(marked("apiVersion: v1\nkind: Secret\nstringData: {a: b}\n"),
            Found{"yaml_body at /after/yaml_body"});
  EXPECT_EQ(marked("apiVersion: v1\nkind: ConfigMap\ndata: {a: b}\n"),
            Found{"yaml_body at /after/yaml_body"});
}

TEST(FindSecrets, AManifestThatNamesKeysOfASecretHoldsNone) {
  const auto unmarked = [](const std::string& kind) {
    return found_in(
        "{\"body\": " + quoted("apiVersion: v1\nkind: " + kind + "\nspec:\n  secretKey: pgpass\n") +
        "}");
  };
  EXPECT_EQ(unmarked("ExternalSecret"), Found{});
  EXPECT_FALSE(unmarked("Secret").empty());
}

TEST(FindSecrets, WhatIsGivenForVariablesIsLookedAtToo) {
  const Reading plan(Reading::Files{{"plan.json", plan_text({}, "", R"("variables": {
        "db_password": {"value": "hunter2"}, "region": {"value": "eu-west-1"}, "api_key": {},
        "env": {"value": {"SMTP_PASSWORD": "x"}}, "api_token": {"value": ""}})")}});
  Found found;
  for (const auto& secret : plan.draft().secrets) {
    found.push_back(secret.evidence.address + " " + secret.evidence.pointer);
  }
  EXPECT_EQ(found, (Found{"var.db_password /variables/db_password/value",
                          "var.env /variables/env/value/SMTP_PASSWORD"}));
}

}  // namespace
}  // namespace outlast::import
