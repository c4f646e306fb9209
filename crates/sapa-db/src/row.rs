//! A row, read by column name.

use crate::{Error, FromValue, Value};
use std::sync::Arc;

pub enum Row {
    Sqlite { columns: Arc<[Box<str>]>, values: Vec<Value> },
    Postgres(tokio_postgres::Row),
}

impl Row {
    /// The column's value as `T`. A missing column or another type is a mistake in our own text.
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, Error> {
        let value = match self {
            Self::Sqlite { columns, values } => {
                columns.iter().position(|name| &**name == column).map(|index| Ok(values[index].clone()))
            }
            Self::Postgres(row) => {
                row.columns().iter().position(|c| c.name() == column).map(|index| Value::from_postgres(row, index))
            }
        };
        let value =
            value.ok_or_else(|| Error::Column { column: column.to_owned(), problem: "is not in the row" })??;
        T::from_value(value).map_err(|problem| Error::Column { column: column.to_owned(), problem })
    }
}
