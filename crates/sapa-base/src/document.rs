//! The description of the interface: what the features' routes say, the events of the sockets, and every problem code.

use crate::{EventShape, Feature, Listeners, problem::ProblemBody};
use utoipa::{
    OpenApi,
    openapi::{
        Array, Object, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema,
        extensions::ExtensionsBuilder,
        schema::{KnownFormat, SchemaFormat, Type},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(title = "Sapa", description = "The interface of the desk, the widget and integrations.", version = "1"),
    components(schemas(ProblemBody))
)]
struct Document;

/// What is the same whatever the routes are.
pub(crate) fn begin() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// Adds what no route tells.
pub(crate) fn complete(document: &mut utoipa::openapi::OpenApi, facts: Facts) {
    let components = document.components.get_or_insert_default();
    components.schemas.insert("DeskEvent".to_owned(), one_of(&facts.shapes, Listeners::Members));
    components.schemas.insert("VisitorEvent".to_owned(), one_of(&facts.shapes, Listeners::Visitors));
    one_form_of_problems(document);
    document.extensions = Some(ExtensionsBuilder::new().add("x-problem-codes", facts.codes).build());
}

/// Whatever a route says: refusals and failures have one form.
fn one_form_of_problems(document: &mut utoipa::openapi::OpenApi) {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let Some(RefOr::T(default)) = operation.responses.responses.get_mut("default") else { continue };
            if let Some(problem) = default.content.swap_remove("application/json") {
                default.content.insert("application/problem+json".to_owned(), problem);
            }
        }
    }
}

/// What the features say beside their routes.
pub(crate) struct Facts {
    codes: Vec<&'static str>,
    shapes: Vec<EventShape>,
}

impl Facts {
    pub(crate) fn of(features: &[Feature]) -> Self {
        let refusals = crate::REFUSALS.iter().chain(features.iter().flat_map(|feature| feature.refusals));
        let mut codes: Vec<_> = refusals.map(|refusal| refusal.code).collect();
        codes.sort_unstable();
        codes.dedup();
        Self { codes, shapes: features.iter().flat_map(|feature| feature.event_shapes).copied().collect() }
    }
}

fn one_of(shapes: &[EventShape], to: Listeners) -> RefOr<Schema> {
    let shapes = shapes.iter().filter(|shape| shape.to == to);
    shapes.fold(OneOfBuilder::new(), |one_of, shape| one_of.item(event(*shape))).into()
}

/// The frame of one kind of event.
fn event(shape: EventShape) -> Object {
    let word = |text: &str| ObjectBuilder::new().schema_type(Type::String).enum_values(Some([text.to_owned()]));
    let position =
        ObjectBuilder::new().schema_type(Type::Integer).format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)));
    let event = ObjectBuilder::new()
        .property("type", word("event"))
        .property("position", position)
        .property("kind", word(shape.kind))
        .property("data", Ref::from_schema_name(shape.schema))
        .required("type")
        .required("position")
        .required("kind")
        .required("data");
    let lists = shape.lists.iter();
    lists
        .fold(event, |event, (name, schema)| {
            event.property(*name, Array::new(Ref::from_schema_name(*schema))).required(*name)
        })
        .build()
}
