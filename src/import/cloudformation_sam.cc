#include "import/cloudformation_sam.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "import/cloudformation_sam_policies.h"

namespace outlast::import {

using base::NodeKind;

namespace {

constexpr std::string_view kPrefix = "AWS::Serverless::";
/// What SAM calls the interface of events that name none.
constexpr std::string_view kRestInterface = "ServerlessRestApi";
constexpr std::string_view kHttpInterface = "ServerlessHttpApi";

/// How an event becomes a resource: its type, where the source and where the function stand.
struct EventKind {
  std::string_view event;
  std::string_view type;
  std::string_view source_in;  ///< property of the event; empty: none
  std::string_view source_as;  ///< property of the resource
  std::string_view function_as;
};

constexpr auto kEventKinds = std::to_array<EventKind>({
    {"SQS", "AWS::Lambda::EventSourceMapping", "Queue", "EventSourceArn", "FunctionName"},
    {"Kinesis", "AWS::Lambda::EventSourceMapping", "Stream", "EventSourceArn", "FunctionName"},
    {"DynamoDB", "AWS::Lambda::EventSourceMapping", "Stream", "EventSourceArn", "FunctionName"},
    {"MSK", "AWS::Lambda::EventSourceMapping", "Stream", "EventSourceArn", "FunctionName"},
    {"MQ", "AWS::Lambda::EventSourceMapping", "Broker", "EventSourceArn", "FunctionName"},
    {"SNS", "AWS::SNS::Subscription", "Topic", "TopicArn", "Endpoint"},
    {"Schedule", "AWS::Events::Rule", "", "", "Target"},
    {"ScheduleV2", "AWS::Events::Rule", "", "", "Target"},
    {"EventBridgeRule", "AWS::Events::Rule", "EventBusName", "EventBusName", "Target"},
    {"CloudWatchEvent", "AWS::Events::Rule", "EventBusName", "EventBusName", "Target"},
    {"S3", "AWS::S3::BucketNotification", "Bucket", "Bucket", "LambdaFunctionArn"},
});

/// Makes the interface that events without one of their own share, once.
void add_shared_interface(bool is_http, base::Span span, std::vector<TemplateResource>& out) {
  const std::string logical(is_http ? kHttpInterface : kRestInterface);
  const bool is_there = std::any_of(out.begin(), out.end(), [&](const TemplateResource& resource) {
    return resource.logical == logical;
  });
  if (!is_there) {
    out.push_back(
        {logical, is_http ? "AWS::ApiGatewayV2::Api" : "AWS::ApiGateway::RestApi", map_at(span)});
  }
}

/// A path of an interface that leads to the function.
void add_path(const TemplateResource& function, const std::string& event,
              const ValueTree& properties, bool is_http, const std::string& stack,
              std::vector<TemplateResource>& out) {
  const base::Span span = properties.span;
  const ValueTree* own = properties.member(is_http ? "ApiId" : "RestApiId");
  if (own == nullptr) {
    add_shared_interface(is_http, span, out);
  }
  const std::string shared = "/" + std::string(is_http ? kHttpInterface : kRestInterface);
  ValueTree path = map_at(span);
  path.members.emplace_back(is_http ? "ApiId" : "RestApiId",
                            own == nullptr ? name_value(stack + shared, span) : *own);
  path.members.emplace_back(is_http ? "IntegrationUri" : "Uri",
                            name_value(stack + "/" + function.logical, span));
  out.push_back({function.logical + event,
                 is_http ? "AWS::ApiGatewayV2::Integration" : "AWS::ApiGateway::Method",
                 std::move(path)});
}

void add_event(const TemplateResource& function, const std::string& event,
               const ValueTree& declared, const std::string& stack,
               std::vector<TemplateResource>& out) {
  const ValueTree* type = declared.member("Type");
  const ValueTree* given = declared.member("Properties");
  const ValueTree properties = given == nullptr ? map_at(declared.span) : *given;
  if (type == nullptr || !properties.is(NodeKind::map)) {
    return;
  }
  if (type->text == "Api" || type->text == "HttpApi") {
    add_path(function, event, properties, type->text == "HttpApi", stack, out);
    return;
  }
  const auto kind = std::find_if(kEventKinds.begin(), kEventKinds.end(),
                                 [&](const EventKind& known) { return known.event == type->text; });
  if (kind == kEventKinds.end()) {
    return;
  }
  ValueTree made = map_at(declared.span);
  if (const ValueTree* source = properties.member(kind->source_in)) {
    made.members.emplace_back(std::string(kind->source_as), *source);
  }
  made.members.emplace_back(std::string(kind->function_as),
                            name_value(stack + "/" + function.logical, declared.span));
  out.push_back({function.logical + event, std::string(kind->type), std::move(made)});
}

/// An address of the function's own.
void add_address(const TemplateResource& function, const std::string& stack,
                 std::vector<TemplateResource>& out) {
  const ValueTree* address = function.properties.member("FunctionUrlConfig");
  if (address == nullptr || !address->is(NodeKind::map)) {
    return;
  }
  ValueTree made = map_at(address->span);
  made.members.emplace_back("TargetFunctionArn",
                            name_value(stack + "/" + function.logical, address->span));
  if (const ValueTree* asks = address->member("AuthType")) {
    made.members.emplace_back("AuthType", *asks);
  }
  out.push_back({function.logical + "Url", "AWS::Lambda::Url", std::move(made)});
}

void add_events(const TemplateResource& function, const std::string& stack,
                std::vector<TemplateResource>& out) {
  const ValueTree* events = function.properties.member("Events");
  for (std::size_t i = 0; events != nullptr && i < events->members.size(); ++i) {
    const auto& [name, event] = events->members[i];
    add_event(function, name, event, stack, out);
  }
}

/// How an interface of SAM tells who proves callers' identity, and how a resource does.
struct AuthorizerKind {
  std::string_view told_as;
  std::string_view resource_as;
};
constexpr auto kAuthorizerKinds = std::to_array<AuthorizerKind>({
    {"UserPoolArn", "ProviderARNs"},
    {"FunctionArn", "AuthorizerUri"},
    {"JwtConfiguration", "JwtConfiguration"},
});

/// Who proves the identity of an interface's callers.
void add_authorizers(const TemplateResource& interface, const std::string& stack,
                     std::vector<TemplateResource>& out) {
  const bool is_http = interface.type == "AWS::Serverless::HttpApi";
  const ValueTree* auth = interface.properties.member("Auth");
  const ValueTree* all = auth == nullptr ? nullptr : auth->member("Authorizers");
  for (std::size_t i = 0; all != nullptr && i < all->members.size(); ++i) {
    const auto& [name, told] = all->members[i];
    ValueTree made = map_at(told.span);
    made.members.emplace_back(is_http ? "ApiId" : "RestApiId",
                              name_value(stack + "/" + interface.logical, told.span));
    for (const AuthorizerKind& kind : kAuthorizerKinds) {
      if (const ValueTree* value = told.member(kind.told_as)) {
        made.members.emplace_back(std::string(kind.resource_as), *value);
      }
    }
    out.push_back({interface.logical + name + "Authorizer",
                   is_http ? "AWS::ApiGatewayV2::Authorizer" : "AWS::ApiGateway::Authorizer",
                   std::move(made)});
  }
}

}  // namespace

std::vector<TemplateResource> resources_beside(TemplateResource& resource,
                                               const std::string& stack) {
  std::vector<TemplateResource> out;
  if (auto role = take_role(resource, stack)) {
    out.push_back(std::move(*role));
  }
  if (resource.type == "AWS::Serverless::Function") {
    add_address(resource, stack, out);
    add_events(resource, stack, out);
  } else if (resource.type == "AWS::Serverless::Api" ||
             resource.type == "AWS::Serverless::HttpApi") {
    add_authorizers(resource, stack, out);
  }
  return out;
}

bool is_made_beside(std::string_view name, std::string_view logical, std::string_view type) {
  // What it is called begins with the resource's own name and goes on with a word: "FnRole".
  return type.starts_with(kPrefix) && name.size() > logical.size() && name.starts_with(logical) &&
         (name[logical.size()] == '.' ||
          (name[logical.size()] >= 'A' && name[logical.size()] <= 'Z'));
}

bool is_interface_of_sam(std::string_view name) {
  return name == kRestInterface || name == kHttpInterface;
}

bool is_deployment_of_sam(std::string_view name) {
  constexpr auto kBeginnings = std::to_array<std::string_view>(
      {kRestInterface, kHttpInterface, "ServerlessDeploymentApplication", "CodeDeployServiceRole"});
  return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                     [&](std::string_view beginning) { return name.starts_with(beginning); });
}

void apply_globals(const ValueTree& globals, TemplateResource& resource) {
  if (!resource.type.starts_with(kPrefix)) {
    return;
  }
  const ValueTree* own = globals.member(resource.type.substr(kPrefix.size()));
  for (std::size_t i = 0; own != nullptr && i < own->members.size(); ++i) {
    const auto& [key, standard] = own->members[i];
    const auto known =
        std::find_if(resource.properties.members.begin(), resource.properties.members.end(),
                     [&, name = key](const auto& member) { return member.first == name; });
    if (known == resource.properties.members.end()) {
      resource.properties.members.emplace_back(key, standard);
    } else if (known->second.is(NodeKind::map) && standard.is(NodeKind::map)) {
      TemplateResource inner{"", std::string(kPrefix) + "x", std::move(known->second)};
      ValueTree wrapped = map_at(standard.span);
      wrapped.members.emplace_back("x", standard);
      apply_globals(wrapped, inner);  // maps such as the environment are merged
      known->second = std::move(inner.properties);
    }
  }
}

}  // namespace outlast::import
